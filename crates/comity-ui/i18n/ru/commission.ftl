commission-hold-refund-window = Срок возврата ещё не прошёл
commission-hold-payment-pending = Клиент ещё не оплатил заказ
commission-hold-delivery-pending = Заказ ещё не доставлен
commission-hold-retention = Ещё не прошёл оговорённый срок
commission-hold-manual = Команда проверяет вручную
commission-hold-fraud-review = Проверяется необычная активность
commission-hold-traffic-review = Проверяется источник трафика
commission-hold-dispute = Банк клиента оспаривает платёж
commission-hold-appeal = Возражение ждёт ответа
commission-hold-payout-details-missing = Не указаны реквизиты для выплат
commission-hold-tax-details-missing = Налоговые данные не указаны или устарели
commission-hold-identity-check = Проверка личности не завершена
commission-hold-cap = Лимит исчерпан
commission-hold-cac-guard = Стоимость клиента выше допустимой
commission-hold-terms-not-accepted = Новые условия ещё не приняты
commission-hold-compliance = Похоже на нарушение условий
commission-hold-order-changed = Заказ изменён и пересчитывается
commission-hold-partner-suspended = Партнёр приостановлен

commission-back-rejected = Отклонено
commission-back-customer-data-invalid = Данные клиента недействительны
commission-back-customer-error = Клиент ошибся
commission-back-customer-fraud = Мошенничество клиента
commission-back-partner-fraud = Мошенничество партнёра
commission-back-self-referral = Партнёр купил у самого себя
commission-back-item-returned = Товар возвращён
commission-back-item-out-of-stock = Товара нет в наличии
commission-back-refund = За заказ вернули деньги
commission-back-order-cancelled = Заказ отменён
commission-back-order-error = Заказ оформлен с ошибкой
commission-back-order-edited = Заказ изменён, см. новую комиссию
commission-back-rules-changed = Действуют новые правила, см. новую комиссию
commission-back-payment-failed = Платёж не прошёл
commission-back-chargeback = Банк клиента отозвал платёж
commission-back-partner-dispute = Решено по возражению партнёра
commission-back-brand-dispute = Решено по возражению компании
commission-back-terms-violation = Нарушены условия программы
commission-back-disclosure-missing = Реклама не была обозначена
commission-back-brand-bidding = Реклама по названию бренда в поиске
commission-back-marketplace-returned = Маркетплейс отозвал заказ
commission-back-credited-elsewhere = Продажа зачтена другому партнёру или каналу
commission-back-coupon-of-another-channel = Промокод относится к другому каналу
commission-back-duplicate = Такая комиссия уже есть
commission-back-tracking-error = Ошибка учёта
commission-back-partner-ineligible = Партнёр не имеет права на комиссию
commission-back-customer-ineligible = Клиент не новый или исключён
commission-back-lead-not-qualified = Лид не соответствует критериям
commission-back-cac-guard = Программа уже достигла предела расходов на нового клиента
commission-back-test = Это был тест
commission-back-other = Другая причина, см. пояснение

commission-refused-not-a-person = сделан программой, а не человеком
commission-refused-prefetch = загружено браузером заранее, никто не видел
commission-refused-not-a-navigation = загружено как картинка или фрейм, без перехода
commission-refused-duplicate = уже учтено
commission-refused-self-referral = партнёр и есть клиент
commission-refused-enrollment-not-active = партнёр не был активным участником
commission-refused-program-paused = программа была приостановлена или закрыта
commission-refused-link-inactive = ссылка отключена или истекла
commission-refused-coupon-inactive = промокод отключён или истёк
commission-refused-no-consent = посетитель не дал согласия на учёт
commission-refused-fraud = исключено при проверке рисков
commission-refused-kind-not-accepted = программа не учитывает такой контакт
commission-refused-after-event = позже события
commission-refused-outside-window = слишком задолго до события
commission-refused-customer-owned = клиент закреплён за первым партнёром
commission-refused-lower-precedence = есть контакт с более высоким приоритетом
commission-refused-coupon-overrides = использован промокод, он важнее ссылки
commission-refused-click-overrides = был переход по ссылке, она важнее промокода
commission-refused-not-last = не последний контакт
commission-refused-not-first = не первый контакт
commission-refused-not-in-split = нет доли в согласованном разделении
commission-refused-already-credited = уже зачтено полностью за ссылку
commission-refused-share-rounds-to-zero = доля меньше 0,01 %
commission-refused-follows-original = следует решению по исходной продаже

commission-pending = Ожидает
commission-held = Удержана
commission-approved = Одобрена
commission-paid = Выплачена
commission-rejected = Отклонена
commission-reversed = Отозвана

commission-journal-earned = Начислено
commission-journal-released = Стало доступно к выплате
commission-journal-held = Снова удержано
commission-journal-rejected = Отклонено
commission-journal-reinstated = Отклонение отменено
commission-journal-reversed = Отозвано
commission-journal-restored = Возвращено
commission-journal-adjusted = Исправлено вручную

commission-step-rule = Применено правило «{ $name }»
commission-step-result = Комиссия
commission-step-base = Считается от { $amount }
commission-step-base-of = сумма заказа { $net } × доля { $share }
commission-step-percent = { $rate } от { $of }
commission-step-flat = { $each } за событие
commission-step-items = По { $each } за { $n ->
    [one] { $n } единицу
    [few] { $n } единицы
    [many] { $n } единиц
   *[other] { $n } единицы
}
commission-step-share = × доля { $share }
commission-step-tier = { $pay } от { $of } на этой ступени
commission-step-tier-of = { $measure } до этого: { $total }, { $period }
commission-step-lift = Прежние результаты пересчитаны по { $pay }
commission-step-lift-of = Достигнута новая ступень, она действует на весь период.
commission-step-reached = { $measure }: достигнуто { $total }
commission-step-instalment = Часть { $number } из { $of }
commission-step-recruit = { $rate } от { $of } приглашённого партнёра
commission-step-perk = { $n } × { $unit }
commission-step-cap = Лимит { $limit } { $per }
commission-step-cap-used = использовано { $used }, { $period }
commission-step-cac-guard = Уменьшено до предела расходов программы на нового клиента
commission-step-floor = Не меньше нуля
commission-measure-count = число событий
commission-measure-revenue = выручка
commission-measure-commission = комиссии
commission-measure-customers = новые клиенты
commission-period-month = за календарный месяц
commission-period-quarter = за календарный квартал
commission-period-year = за календарный год
commission-period-days = { $n ->
    [one] за последний { $n } день
    [few] за последние { $n } дня
    [many] за последние { $n } дней
   *[other] за последние { $n } дня
}
commission-period-lifetime = с самого начала
commission-cap-order = на заказ
commission-cap-customer = на клиента
commission-cap-partner = на партнёра
commission-cap-program = на всю программу
commission-passed-scope = для других партнёров
commission-passed-event = о других событиях
commission-passed-condition = не выполнено: { $part }
commission-passed-stopped = предыдущее правило завершило поиск
commission-passed-over = срок вознаграждения за клиента истёк
commission-passed-not-reached = ещё не достигнуто: { $measure } { $period }
commission-passed-nobody = некому начислять
commission-passed-instalment = событие о другой части

commission-title = Комиссии
commission-all = Все
commission-state = Состояние
commission-search = Партнёр или заказ
commission-program = Программа
commission-all-programs = Все программы
commission-partner = Партнёр
commission-order = Заказ
commission-basis = Считается от
commission-amount = Сумма
commission-date = Дата
commission-customer = Клиент
commission-none = Комиссий нет
commission-none-text = Каждая продажа партнёра приносит комиссию. Она появится здесь через секунды после события.
commission-none-found = По этому фильтру ничего нет.
commission-approve-all = Одобрить
commission-why = Почему такая сумма
commission-why-manual = Эта комиссия внесена вручную, не по правилу.
commission-passed = { $n ->
    [one] Не применено { $n } правило
    [few] Не применено { $n } правила
    [many] Не применено { $n } правил
   *[other] Не применено { $n } правила
}
commission-credit = Почему этому партнёру
commission-trace = Вся цепочка
commission-credit-model = Решает модель: { $model }, окно { $days ->
    [one] { $days } день
    [few] { $days } дня
    [many] { $days } дней
   *[other] { $days } дня
}
commission-credit-share = { $share } события
commission-credit-others = { $n ->
    [0] Других контактов не было.
    [one] Участвовал ещё { $n } контакт.
    [few] Участвовали ещё { $n } контакта.
    [many] Участвовали ещё { $n } контактов.
   *[other] Участвовали ещё { $n } контакта.
}
commission-booked = Проводки
commission-entry = Запись
commission-account = Счёт
commission-accrued = Начислено вначале
commission-rules = Правила
commission-version = Версия { $n }
commission-clears = Срок возврата до
commission-reason = Причина
commission-payout = Выплата
commission-see-payout = Открыть выплату
commission-decide = Решение
commission-approve = Одобрить { $amount } сейчас
commission-release = Снять удержание: { $reason }
commission-reinstate = Отменить отклонение
commission-hold = Удержать
commission-hold-do = Удержать
commission-reject = Отклонить
commission-reject-do = Отклонить { $amount }
commission-text = Сообщение
commission-text-hint = Партнёр прочитает его рядом с причиной.
commission-done-approve = Одобрено
commission-done-hold = Удержано
commission-done-release = Удержание снято
commission-done-reject = Отклонено
commission-done-reinstate = Восстановлено
commission-bulk-done = { $n ->
    [one] Одобрена { $n } комиссия
    [few] Одобрены { $n } комиссии
    [many] Одобрено { $n } комиссий
   *[other] Одобрено { $n } комиссии
}
commission-bulk-partly = { $n ->
    [one] Одобрена { $n } комиссия; не удалось: { $refused } — удержаны, выплачены или уже решены.
    [few] Одобрены { $n } комиссии; не удалось: { $refused } — удержаны, выплачены или уже решены.
    [many] Одобрено { $n } комиссий; не удалось: { $refused } — удержаны, выплачены или уже решены.
   *[other] Одобрено { $n } комиссии; не удалось: { $refused } — удержаны, выплачены или уже решены.
}
commission-bulk-none = Сначала выберите комиссии.
commission-wrong-state = Это уже невозможно: комиссия за это время изменилась.

commission-model-last = последний контакт
commission-model-first = первый контакт
commission-model-linear = все контакты поровну
commission-model-decay = недавние контакты весят больше
commission-model-position = первый и последний контакты весят больше
commission-model-coupon = промокод важнее ссылки
commission-model-owner = кто привёл клиента первым
commission-model-split = согласованное разделение
commission-touch-manual = Зачтено командой
commission-touch-deal = Зарегистрированная сделка
commission-touch-exclusive = Личный промокод партнёра
commission-touch-named = Клиент назвал партнёра
commission-touch-email = Представлен по адресу почты
commission-touch-coupon = Промокод
commission-touch-click = Клик по ссылке
commission-touch-qr = Сканирование QR-кода
commission-touch-view = Показ
commission-account-pending = Партнёр, ожидает
commission-account-available = Партнёр, к выплате
commission-account-in-flight = Партнёр, в пути
commission-account-reserve = Партнёр, резерв
commission-account-paid = Партнёр, выплачено
commission-account-expense = Расход программы
commission-account-write-off = Списано
commission-account-fees = Сборы
commission-account-tax = Удержанный налог
commission-account-fx = Курсовая разница
commission-account-bank = Банк
