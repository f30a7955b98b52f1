rule-some-type = другой тип партнёров
rule-some-group = другая группа
rule-some-partner = один партнёр
rule-on = События: { $events }.
rule-when = При условии: { $when }.
rule-scope-program = Все участники программы.
rule-scope-type = Только партнёры типа «{ $name }».
rule-scope-group = Только партнёры группы «{ $name }».
rule-scope-agreement = Только партнёр одного соглашения.
rule-scope-agreement-of = Только партнёр соглашения { $name }.
rule-scope-partner = Только партнёр: { $name }.
rule-event-lead = лид
rule-event-qualified = подтверждённый лид
rule-event-sale = продажа
rule-event-renewal = продление
rule-event-refund = возврат
rule-event-chargeback = отзыв платежа
rule-event-joined = вступление партнёра
rule-event-instalment = срок взноса
rule-lasts-first = Только за первый заказ клиента.
rule-lasts-months = { $n ->
    [one] В течение { $n } месяца с первой комиссии за клиента.
    [few] В течение { $n } месяцев с первой комиссии за клиента.
    [many] В течение { $n } месяцев с первой комиссии за клиента.
   *[other] В течение { $n } месяца с первой комиссии за клиента.
}
rule-lasts-payments = { $n ->
    [one] За { $n } платёж клиента.
    [few] За { $n } платежа клиента.
    [many] За { $n } платежей клиента.
   *[other] За { $n } платежа клиента.
}
rule-cap-order = за заказ
rule-cap-customer = за клиента
rule-cap-partner = на партнёра
rule-cap-program = на всю программу
rule-at-most = Не больше { $limit } { $per }.
rule-at-most-in = Не больше { $limit } { $per } { $period }.
rule-stacks = Следующие правила могут добавить к этому.
rule-at-once = Доступно сразу, без ожидания срока возврата.
rule-who-partner = Партнёр
rule-who-referee = Клиент
rule-who-recruiter = Пригласивший партнёр
rule-always = всегда
rule-and = и
rule-or = или
rule-not = не ({ $part })
rule-is-total = { $measure } { $period } до этого события: { $range }
rule-is-amount = сумма заказа: { $range }
rule-is-discount = скидка: { $range }
rule-is-product = товар — { $list }
rule-is-sku = артикул — { $list }
rule-is-category = категория — { $list }
rule-is-order = номер заказа клиента: { $range }
rule-is-subscription = полных месяцев подписки: { $range }
rule-is-country = страна клиента — { $list }
rule-is-customer-days = дней с первого появления клиента: { $range }
rule-is-new = клиент новый
rule-is-returning = клиент уже покупал
rule-is-code-used = использован промокод
rule-is-no-code = промокод не использован
rule-is-code = промокод — { $list }
rule-is-contact = контакт — { $list }
rule-is-type = тип партнёра — { $list }
rule-is-group = группа партнёра — { $list }
rule-is-tier = уровень партнёра — { $list }
rule-is-partner-days = дней со вступления партнёра: { $range }
rule-is-idle = дней с последнего результата партнёра: { $range }
rule-is-recruited = дней с приглашения партнёра: { $range }
rule-is-field-there = поле «{ $key }» заполнено
rule-is-field = поле «{ $key }» — { $list }
rule-nothing = ничего
rule-exactly = ровно { $n }
rule-between = от { $low } до { $high }
rule-at-least = не меньше { $n }
rule-no-more = не больше { $n }
rule-any = любое значение
rule-gives-percent = { $who } получает { $rate } чистой суммы.
rule-gives-flat = { $who } получает { $sum } за каждое событие.
rule-gives-each = { $who } получает { $sum } за каждую единицу товара.
rule-gives-tiers = { $who } получает по ступеням, показатель — { $measure } { $period }: { $tiers }.
rule-tier = от { $from } — { $pay }
rule-mode-marginal = Каждая ступень действует для своей части.
rule-mode-retroactive = Достигнутая ступень поднимает и всё более раннее за период.
rule-mode-fixed = Каждая ступень оплачивается один раз, когда достигнута.
rule-gives-goal = { $who } получает { $prize }, когда показатель «{ $measure } { $period }» достигает { $at }.
rule-gives-every = { $who } получает { $prize } за каждые { $at } по показателю «{ $measure } { $period }».
rule-gives-instalments = { $who } получает твёрдые взносы: { $list }.
rule-gives-share = { $who } получает { $rate } от заработка партнёра.
rule-gives-perk = { $who } получает { $n } × { $unit }.
rule-due-days = { $n ->
    [one] { $sum } через { $n } день
    [few] { $sum } через { $n } дня
    [many] { $sum } через { $n } дней
   *[other] { $sum } через { $n } дня
}
rule-due-goal = { $sum }, когда показатель «{ $measure } { $period }» достигает { $at }
rule-test-amount = Сумма заказа
rule-test-discount = Скидка
rule-test-product = Товар
rule-test-sku = Артикул
rule-test-category = Категория
rule-test-order = Номер заказа клиента
rule-test-subscription = Возраст подписки, месяцев
rule-test-new = Новый клиент
rule-test-country = Страна клиента
rule-test-customer-days = Дней с первого появления клиента
rule-test-code-used = Использован промокод
rule-test-code = Промокод
rule-test-channel = Канал
rule-test-touch = Вид контакта
rule-test-type = Тип партнёра
rule-test-group = Группа партнёра
rule-test-tier = Уровень партнёра
rule-test-partner-days = Дней со вступления партнёра
rule-test-idle = Дней с последнего результата партнёра
rule-test-recruited = Дней с приглашения партнёра
rule-test-total = Итог партнёра
rule-test-metadata = Собственное поле события
rule-title = Правила вознаграждения
rule-new = Новое правило
rule-draft = Черновик, последнее изменение: { $who }, { $when }. До публикации действует версия { $version }.
rule-in-force = Это действующие правила, версия { $version }. Изменения попадают в черновик и не действуют до публикации.
rule-undo = Отменить последнее изменение
rule-discard = Удалить черновик
rule-replay = Симуляция
rule-publish = Опубликовать
rule-wrong = { $n ->
    [one] Перед публикацией нужно исправить { $n } замечание.
    [few] Перед публикацией нужно исправить { $n } замечания.
    [many] Перед публикацией нужно исправить { $n } замечаний.
   *[other] Перед публикацией нужно исправить { $n } замечания.
}
rule-wrong-title = Что нужно исправить
rule-problems = { $n ->
    [one] { $n } замечание
    [few] { $n } замечания
    [many] { $n } замечаний
   *[other] { $n } замечания
}
rule-none = Правил пока нет
rule-none-text = Без правил никто ничего не зарабатывает. Начните с доли от каждой продажи.
rule-add = Добавить правило
rule-add-this = Добавить
rule-edit = Изменить
rule-up = Выше
rule-down = Ниже
rule-duplicate = Копировать
rule-remove = Убрать
rule-removed-done = Правило убрано из черновика.
rule-saved = Черновик сохранён.
rule-discarded = Черновик удалён, показаны действующие правила.
rule-undone = Последнее изменение отменено.
rule-restored = Версия { $n } теперь в черновике. Чтобы вернуть её, опубликуйте черновик.
rule-caps = Ограничения по всем правилам
rule-caps-none = Общих ограничений нет.
rule-caps-text = Сколько можно заработать за один заказ, с одного клиента, одному партнёру или во всей программе по всем правилам вместе. Сверх этого не платится.
rule-caps-edit = Изменить ограничения
rule-text = Правила в виде текста
rule-text-open = Показать JSON
rule-text-take = Перенести в черновик
rule-line = строка { $line }, столбец { $column }: { $what }
rule-example = Сколько принесёт продажа?
rule-example-change = Изменить пример
rule-example-kind = Событие
rule-example-any = —
rule-example-recruited = Партнёра привёл другой партнёр
rule-example-compute = Рассчитать
rule-example-earns = Событие «{ $what }» на { $amount }: { $who } получает { $earned }
rule-example-nothing = За это никто ничего не получает.
rule-example-failed = Эти правила не могут рассчитать пример: сумма слишком велика.
rule-form-save = Сохранить в черновик
rule-form-cancel = Отменить
rule-form-what = Для кого и за что
rule-form-name = Название
rule-form-scope = Чьё правило
rule-form-everybody = Все участники программы
rule-form-type = Тип: { $name }
rule-form-group-of = Группа: { $name }
rule-form-agreement = Соглашение: { $name }
rule-form-one-partner = Один партнёр
rule-form-partner = Почта партнёра
rule-form-partner-hint = Только для правила об одном партнёре.
rule-form-events = События
rule-form-own-events = Собственные действия
rule-form-own-hint = Названия через запятую, например demo_booked.
rule-form-when = Условия
rule-form-always = Без условий правило действует всегда.
rule-form-deep = Это условие вложено глубже, чем показывает форма:
rule-form-keep = Оставить как есть
rule-form-group = Группа { $n }
rule-form-join = Выполнено, когда
rule-form-all = верны все
rule-form-any = верно хотя бы одно
rule-form-none = не верно ни одно
rule-form-not-all = верны не все
rule-form-add = Добавить
rule-form-add-test = Добавить условие
rule-form-add-group = Добавить группу, которая тоже должна выполняться
rule-form-not = не должно выполняться
rule-form-drop-test = Убрать «{ $name }»
rule-form-low = От
rule-form-high = До
rule-form-list = Значения
rule-form-list-hint = Через запятую; достаточно одного из них.
rule-form-list-known = Несколько через запятую; достаточно одного. Есть: { $list }.
rule-form-value = Значение
rule-form-measure = Показатель
rule-form-period = Период
rule-form-rolling = за последние дни
rule-form-days = Число дней
rule-form-days-hint = Только для последних дней.
rule-form-key = Поле
rule-form-key-hint = Пусто — любое значение.
rule-form-reward = Вознаграждение
rule-form-to = Кто получает
rule-form-to-partner = Партнёр
rule-form-to-referee = Приведённый клиент
rule-form-to-recruiter = Партнёр, который привёл этого партнёра
rule-form-kind = Вид вознаграждения
rule-form-show = Показать поля
rule-kind-percent = Доля чистой суммы
rule-kind-flat = Твёрдая сумма за событие
rule-kind-each = Твёрдая сумма за единицу товара
rule-kind-tiers = Ступени
rule-kind-milestone = Бонус за достижение итога
rule-kind-instalments = Твёрдые взносы
rule-kind-share = Доля комиссии партнёра
rule-kind-perk = Не деньги
rule-form-rate = Доля
rule-form-sum = Сумма
rule-form-each = Сумма за единицу
rule-form-unit = Что
rule-form-unit-hint = Например: футболка, подарочная карта, билет на конференцию.
rule-form-quantity = Сколько
rule-form-mode = Как действует ступень
rule-form-marginal = Каждая ступень для своей части
rule-form-retroactive = Новая ступень поднимает всё более раннее за период
rule-form-fixed = Каждая ступень один раз, когда достигнута
rule-form-tier = Ступень { $n }
rule-form-from = От
rule-form-until = До
rule-form-pays = Платит
rule-form-pays-in = В чём
rule-form-in-percent = проценты
rule-form-add-tier = Добавить ступень
rule-form-drop-tier = Убрать ступень { $n }
rule-form-at = Какого итога достичь
rule-form-repeat = Снова за каждое кратное
rule-form-prize = Приз
rule-form-cash = Деньги
rule-form-for-cash = Только для денег.
rule-form-instalment = Взнос { $n }
rule-form-due = Срок
rule-form-after-days = дней после начала соглашения
rule-form-due-at = Число дней или итог
rule-form-add-instalment = Добавить взнос
rule-form-drop-instalment = Убрать взнос { $n }
rule-form-limits = Как долго, сколько и что дальше
rule-form-lasts = Клиент приносит доход
rule-form-lifetime = без срока
rule-form-first = только за первый заказ
rule-form-months = столько месяцев
rule-form-payments = столько платежей
rule-form-lasts-n = Месяцев или платежей
rule-form-cap = Ограничение { $n }
rule-form-limit = Не больше
rule-form-per = На что
rule-form-add-cap = Добавить ограничение
rule-form-drop-cap = Убрать ограничение { $n }
rule-form-then = После этого правила
rule-form-stop = следующие правила не применяются
rule-form-stack = следующие правила могут добавить
rule-form-at-once = Доступно сразу, без ожидания срока возврата
rule-publish-version = Опубликовать версию { $n }
rule-published = Версия { $n } действует.
rule-published-all = Версия { $n } действует. Прошлые события пересчитываются.
rule-back = К черновику
rule-apply-events-text = Принятые решения остаются. Новые события считаются по этой версии.
rule-apply-customers-text = Прежние клиенты остаются на правилах, с которых начали.
rule-apply-all = Ко всему, включая прошлое
rule-apply-all-text = Прошлые события пересчитываются, разница проводится исправлениями в обе стороны.
rule-confirm-all = { $n ->
    [one] Пересчитать { $n } прошлое событие: всего { $sum }
    [few] Пересчитать { $n } прошлых события: всего { $sum }
    [many] Пересчитать { $n } прошлых событий: всего { $sum }
   *[other] Пересчитать { $n } прошлого события: всего { $sum }
}
rule-effect = Что изменится в прошлом
rule-effect-unknown = Чтобы опубликовать и для прошлого, сначала посмотрите, что изменится.
rule-effect-compute = Рассчитать
rule-changes = Изменения
rule-changes-none = Различий нет.
rule-added = новое
rule-removed = убрано
rule-moved = перенесено
rule-changed = изменено
rule-version = Версия { $n }
rule-version-who = Кто
rule-restore = Взять в черновик
rule-period = Период
rule-state = Состояние
rule-replay-new = Новая симуляция
rule-replay-draft = Черновик применяется к событиям периода; ничего не проводится.
rule-replay-same = Черновика нет: к периоду применяются действующие правила. Для сравнения сначала измените правило.
rule-replay-from = С
rule-replay-to = По
rule-replay-margin = Валовая маржа
rule-replay-margin-hint = Для окупаемости.
rule-replay-start = Запустить
rule-replay-past = Симуляции
rule-replay-none = Симуляций пока нет
rule-replay-none-text = Посмотрите, во что обошлось бы изменение и кто выиграл бы или проиграл, прежде чем что-то обещать.
rule-replay-done = Готово
rule-replay-failed = Ошибка
rule-replay-stopped = Остановлена
rule-replay-stopping = Останавливается
rule-replay-running = Идёт
rule-replay-waiting = Ждёт
rule-replay-progress = { $done } из { $total }
rule-replay-look = Обновить
rule-replay-stop = Остановить
rule-replay-partly = Остановлена после { $done } из { $total } событий. Показатели относятся к ним.
rule-replay-cannot = Эти правила не могут рассчитать одно из событий периода: сумма слишком велика.
rule-events = События
rule-before = Как было
rule-after = По черновику
rule-winners = Заработали бы больше
rule-losers = Заработали бы меньше
rule-cac = Комиссия на нового клиента
rule-new-customers = { $n ->
    [one] { $n } новый клиент
    [few] { $n } новых клиента
    [many] { $n } новых клиентов
   *[other] { $n } нового клиента
}
rule-break-even = Выручка, которая это окупит
rule-break-even-note = При указанной валовой марже.
rule-pays-now = не нужна: дороже не станет
rule-pays-never = не окупится при этой марже
rule-per-month = Комиссии по месяцам
rule-per-partner = По партнёрам
rule-partner = Партнёр
rule-difference = Разница
rule-order = Порядок
rule-order-gains = Наибольший выигрыш
rule-order-losses = Наибольшая потеря
rule-search = Найти партнёра
rule-export = Скачать CSV
rule-no-partners = Никого нет
rule-no-partners-text = За этот период никому ничего не зачтено, или такого имени нет.
rule-place = Правило { $n }: { $field }
rule-example-partner = партнёр
rule-example-referee = клиент
rule-example-recruiter = пригласивший партнёр
rule-example-total = До этого: { $measure } { $period } ({ $whose })
rule-open-draft = Открыть черновик
rule-open-editor = Изменить правила
rule-quick = Одно простое правило
rule-quick-open = Заменить все правила одним и сразу опубликовать
rule-losers-n = { $n ->
    [one] { $n } заработал бы меньше
    [few] { $n } заработали бы меньше
    [many] { $n } заработали бы меньше
   *[other] { $n } заработали бы меньше
}
rule-form-no-choices = Их пока нет; создайте в разделе «Группы и типы».
rule-is-channel = канал: { $list }
rule-form-sure = Сохранить, хотя товаров нет в каталоге
rule-doubts = { $n ->
    [one] проверить { $n } место
    [few] проверить { $n } места
    [many] проверить { $n } мест
   *[other] проверить { $n } места
}
rule-doubts-title = Проверьте
rule-doubts-accept = Товары указаны так, как нужно
rule-example-agreement = Соглашение
rule-example-codes = Несколько через запятую.
rule-tiers = Уровни
rule-tiers-none = Уровней пока нет
rule-tiers-none-text = Уровни — это, например, «Бронза», «Серебро» и «Золото». На высоком уровне правила могут платить больше. Партнёры достигают их результатами, или вы назначаете их вручную.
rule-tier-level = Ступень
rule-tier-level-hint = 1 — самая низкая. Если достигнуто несколько, действует самая высокая.
rule-tier-reached = Как достигается
rule-tier-by-hand = только вручную
rule-tier-reach = { $measure } { $period }: { $at }
rule-tier-holders = Назначено вручную
rule-tier-name-hint = Его используют правила. Пока используют, изменить нельзя.
rule-tier-at-hint = Число или сумма в { $currency }. Считаются продажи и продления.
rule-tier-new = Новый уровень
rule-tier-change = Изменить «{ $name }»
rule-tier-save = Сохранить
rule-tier-saved = Уровень сохранён.
rule-tier-remove = Удалить уровень
rule-tier-removed = Уровень удалён.
rule-tier-remove-effect = { $n ->
    [0] Вручную этот уровень никому не назначен. Принятые решения о вознаграждениях останутся.
    [one] { $n } партнёр с этим уровнем получит тот, которого достиг результатами. Принятые решения о вознаграждениях останутся.
    [few] { $n } партнёра с этим уровнем получат те, которых достигли результатами. Принятые решения о вознаграждениях останутся.
    [many] { $n } партнёров с этим уровнем получат те, которых достигли результатами. Принятые решения о вознаграждениях останутся.
   *[other] { $n } партнёра с этим уровнем получат те, которых достигли результатами. Принятые решения о вознаграждениях останутся.
}
