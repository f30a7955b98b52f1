fraud-title = Риски
fraud-policy = Что делают сигналы
fraud-export = Скачать CSV
fraud-files = Материалы партнёра
fraud-file-size = { $n } КБ
fraud-state = Состояние
fraud-tab-undecided = Решить
fraud-tab-overdue = Просрочены
fraud-tab-appeal = Возражения
fraud-tab-waiting = У партнёра
fraud-tab-released = Подтверждены
fraud-tab-rejected = Отклонены
fraud-tab-all = Все
fraud-state-open = Ждёт решения
fraud-state-waiting = У партнёра
fraud-state-released = Подтверждено
fraud-state-rejected = Отклонено
fraud-appeal-open = Возражение
fraud-overdue = Просрочено
fraud-search = Найти партнёра или заказ
fraud-signal = Сигнал
fraud-all-signals = Все сигналы
fraud-assignee = Кто занимается
fraud-everybodys = Все проверки
fraud-mine = Мои
fraud-program = Программа
fraud-all-programs = Все программы
fraud-partner = Партнёр
fraud-seen = Что замечено
fraud-amount = Комиссия
fraud-due = Срок ответа
fraud-age = Открыта
fraud-no-signals = Без сигналов
fraud-none = Решать нечего
fraud-none-text = Каждую конверсию проверяют сигналы, всего их { $n }. Всё удержанное ждёт здесь человека; само по сроку ничего не снимается.
fraud-none-found = Таких проверок нет
fraud-none-found-text = Под этот фильтр ничего не подходит.
fraud-release = Подтвердить
fraud-reject = Отклонить
fraud-take = Взять себе
fraud-leave = Вернуть в очередь
fraud-bulk-done = { $n ->
    [one] Обработана { $n } проверка
    [few] Обработаны { $n } проверки
    [many] Обработано { $n } проверок
   *[other] Обработано { $n } проверки
}
fraud-bulk-partly = { $n ->
    [one] Обработана { $n } проверка; не удалось: { $refused }. По ним уже решено, или деньги в выплате.
    [few] Обработаны { $n } проверки; не удалось: { $refused }. По ним уже решено, или деньги в выплате.
    [many] Обработано { $n } проверок; не удалось: { $refused }. По ним уже решено, или деньги в выплате.
   *[other] Обработано { $n } проверки; не удалось: { $refused }. По ним уже решено, или деньги в выплате.
}
fraud-bulk-none = Сначала выберите проверки.

fraud-evidence = Основания
fraud-what-was-seen = Что замечено
fraud-led-to = Действие
fraud-weight = Вес
fraud-score = Сумма весов
fraud-by-score = Слабые сигналы вместе удерживают с { $limit }
fraud-on-trial = наблюдение; иначе: { $action }
fraud-saw-nothing = Сигналов не было. Проверку открыл человек или партнёр.
fraud-history = Что происходило
fraud-team-only = только для команды
fraud-appeal-says = Партнёр возражает:
fraud-record = Проверки раньше
fraud-record-of = { $n ->
    [0] решений ещё не было
    [one] решена { $n }, отклонено { $rejected }
    [few] решены { $n }, отклонено { $rejected }
    [many] решено { $n }, отклонено { $rejected }
   *[other] решено { $n }, отклонено { $rejected }
}
fraud-commission = Комиссия
fraud-basis = Сумма заказа
fraud-order = Заказ
fraud-customer = Клиент
fraud-opened = Открыта
fraud-why = Кто открыл
fraud-origin-signals = сигналы при конверсии
fraud-origin-manual = человек из команды
fraud-origin-appeal = возражение партнёра
fraud-message = Сообщение партнёру
fraud-message-hint = Партнёр прочтёт его рядом с причиной.
fraud-mute = Не учитывать эти сигналы для партнёра 90 дней
fraud-mute-hint = Они отмечаются, но без веса.
fraud-release-do = Подтвердить { $amount }
fraud-reason = Причина
fraud-reject-do = Отклонить { $amount }
fraud-ask = Спросить партнёра
fraud-ask-label = Вопрос
fraud-ask-hint = Уйдёт письмом и появится в кабинете. Проверка подождёт ответа.
fraud-ask-do = Спросить
fraud-note = Заметка
fraud-note-label = Заметка
fraud-note-hint = Её видит только команда.
fraud-note-do = Сохранить заметку
fraud-reopen = Отменить решение
fraud-reopen-text = Комиссия снова удерживается, проверка ждёт решения. В книгах появится обратная запись.
fraud-reopen-do = Открыть снова
fraud-done-release = Подтверждено
fraud-done-reject = Отклонено
fraud-done-reopen = Открыто снова
fraud-done-ask = Вопрос отправлен
fraud-done-note = Заметка сохранена
fraud-done-take = Теперь это ваша проверка
fraud-done-leave = Возвращено в очередь
fraud-wrong-state = Это уже невозможно: проверка тем временем изменилась.
fraud-in-payout = Комиссия уже в выплате или выплачена. Отклоните её возвратом заказа или дождитесь конца выплаты.

fraud-did-opened = комиссия удержана до проверки
fraud-did-asked = вопрос партнёру
fraud-did-answered = ответ
fraud-did-appealed = возражение
fraud-did-released = подтверждено
fraud-did-rejected = отклонено
fraud-did-reopened = проверка открыта снова
fraud-did-assigned = сменился ответственный
fraud-did-overdue = срок ответа прошёл
fraud-did-note = заметка

fraud-action-observe = Наблюдать
fraud-action-hold = Удержать
fraud-action-reject = Отклонить

fraud-policy-signals = Сигналы
fraud-policy-text = Факты могут отклонять. Статистика и бытовые совпадения — только удерживать. Отклонённое можно оспорить и вернуть.
fraud-cannot-reject = Может удержать, но не отклонить.
fraud-leads-to = Действие
fraud-trial-until = Только наблюдать до { $date }
fraud-policy-limits = Пороги
fraud-limit-service = Часов на ответ по проверке
fraud-limit-score = Слабые сигналы удерживают с суммы
fraud-limit-fastest = Слишком быстро, меньше мс
fraud-limit-network-hours = Входы сравниваются, часов
fraud-limit-customers = Клиентов с одного адреса в день
fraud-limit-velocity = Всплеск начинается с конверсий в день
fraud-limit-mad = Всплеск над медианой, отклонений
fraud-limit-clicks = Клики сравниваются с
fraud-limit-refund-sales = Возвраты сравниваются с продаж
fraud-limit-refund-times = Возвраты выше обычного, раз
fraud-limit-ceiling = Наибольший заказ без человека
fraud-policy-lists = Слова и места
fraud-brand-words = Слова бренда
fraud-brand-words-hint = По одному в строке. Купленный клик с таким запросом удерживается.
fraud-campaigns = Разрешённые кампании
fraud-campaigns-hint = По одной в строке: названия или номера кампаний, в которых партнёры могут покупать клики.
fraud-referrers = Запрещённые источники
fraud-referrers-hint = По одному в строке: хост и путь, * — любой текст.
fraud-period = За период
fraud-last-days = { $n ->
    [one] Последний { $n } день
    [few] Последние { $n } дня
    [many] Последние { $n } дней
   *[other] Последние { $n } дня
}
fraud-preview = Показать, что было бы
fraud-save = Сохранить
fraud-saved = Сохранено как версия { $n }. Действует с этого момента.
fraud-report = Что сделали бы эти настройки
fraud-report-of = { $n ->
    [one] Заново проверена { $n } конверсия за { $days } дн.
    [few] Заново проверены { $n } конверсии за { $days } дн.
    [many] Заново проверено { $n } конверсий за { $days } дн.
   *[other] Заново проверено { $n } конверсии за { $days } дн.
}
fraud-report-trial = Наблюдение считается законченным, отключённые сигналы — включёнными. Ничего не изменено.
fraud-report-cut = Их было больше; это последние.
fraud-outcome = Итог
fraud-outcome-now = Сейчас
fraud-outcome-then = С этими настройками
fraud-outcome-held = Удержано
fraud-outcome-rejected = Отклонено
fraud-by-signal = По сигналам
fraud-times-seen = Замечен
fraud-would-stop = Остановил бы сам
fraud-commissions = { $n ->
    [one] { $n } комиссия
    [few] { $n } комиссии
    [many] { $n } комиссий
   *[other] { $n } комиссии
}
fraud-partners = { $n ->
    [one] { $n } партнёр
    [few] { $n } партнёра
    [many] { $n } партнёров
   *[other] { $n } партнёра
}

fraud-signal-self-referral-email = Покупка у себя по адресу
fraud-signal-same-company = Одна компания
fraud-signal-same-payment = Оплата счётом для выплат
fraud-signal-same-address = Один почтовый адрес
fraud-signal-same-browser = Браузер самого партнёра
fraud-signal-shared-network = Общая сеть
fraud-signal-repeat-network = Много клиентов из одной сети
fraud-signal-disposable-email = Одноразовая почта
fraud-signal-paid-click = Купленный клик
fraud-signal-brand-bidding = Реклама по имени бренда
fraud-signal-banned-referrer = Запрещённый источник
fraud-signal-data-center = Дата-центр
fraud-signal-too-fast = Слишком быстро
fraud-signal-last-second = Клик в последний момент
fraud-signal-country-mismatch = Две страны
fraud-signal-unknown-order = Неизвестный заказ
fraud-signal-over-ceiling = Крупный заказ
fraud-signal-duplicate-payout = Общий счёт для выплат
fraud-signal-velocity = Всплеск
fraud-signal-empty-clicks = Пустые клики
fraud-signal-refund-rate = Много возвратов
fraud-signal-duplicate-customer = Клиент уже известен
fraud-signal-coupon-leak = Утёкший код

fraud-looks-self-referral-email = У клиента почтовый ящик партнёра в любом написании.
fraud-looks-same-company = Адреса клиента и партнёра — в одной компании.
fraud-looks-same-payment = Заказ оплачен со счёта, на который выплачивают партнёру.
fraud-looks-same-address = У клиента и партнёра один почтовый адрес.
fraud-looks-same-browser = Заказ сделан в браузере, в котором партнёр покупал раньше.
fraud-looks-shared-network = Партнёр входил с адреса клиента тем же браузером.
fraud-looks-repeat-network = За день с одного адреса пришло несколько клиентов.
fraud-looks-disposable-email = Ящик клиента принадлежит службе одноразовой почты.
fraud-looks-paid-click = В адресе клика есть метка рекламной сети.
fraud-looks-brand-bidding = Купленный клик пришёл по запросу с именем бренда.
fraud-looks-banned-referrer = Клик пришёл из места, которое программа запрещает.
fraud-looks-data-center = Клик пришёл из дата-центра, где люди не покупают.
fraud-looks-too-fast = Конверсия последовала за кликом быстрее, чем успевает человек.
fraud-looks-last-second = Клик пришёл, когда корзина уже была собрана.
fraud-looks-country-mismatch = Клик и оплата — из разных стран.
fraud-looks-unknown-order = Магазин спросили, и он не знает этого заказа.
fraud-looks-over-ceiling = Заказ крупнее того, что проходит без человека.
fraud-looks-duplicate-payout = На тот же счёт выплачивают другим партнёрам.
fraud-looks-velocity = Конверсий намного больше обычного, а адресов мало.
fraud-looks-empty-clicks = Очень много кликов и почти нет продаж.
fraud-looks-refund-rate = Возвратов намного больше, чем в остальной программе.
fraud-looks-duplicate-customer = Заказ засчитан новому клиенту, но этот ящик заказывал раньше.
fraud-looks-coupon-leak = Код засчитан сразу после перехода по ссылке другого партнёра.

fraud-saw-self-referral-exact = Почтовый адрес клиента — адрес партнёра.
fraud-saw-self-referral-spelling = Почтовый адрес клиента — ящик партнёра в другом написании.
fraud-saw-same-company = У обоих адреса в { $domain }.
fraud-saw-same-payment = Оплачено со счёта, на который выплачивают партнёру.
fraud-saw-same-address = Почтовые адреса совпадают.
fraud-saw-same-browser = Партнёр уже покупал в этом браузере.
fraud-saw-shared-network = { $n ->
    [0] Партнёр был в кабинете с адреса клиента тем же браузером в ту же минуту.
    [one] Партнёр был в кабинете с адреса клиента тем же браузером, разница { $n } минута.
    [few] Партнёр был в кабинете с адреса клиента тем же браузером, разница { $n } минуты.
    [many] Партнёр был в кабинете с адреса клиента тем же браузером, разница { $n } минут.
   *[other] Партнёр был в кабинете с адреса клиента тем же браузером, разница { $n } минуты.
}
fraud-saw-repeat-network = { $n ->
    [one] { $n } клиент с этого адреса за день; отмечается с { $limit }.
    [few] { $n } клиента с этого адреса за день; отмечается с { $limit }.
    [many] { $n } клиентов с этого адреса за день; отмечается с { $limit }.
   *[other] { $n } клиента с этого адреса за день; отмечается с { $limit }.
}
fraud-saw-disposable-email = Ящик на { $domain }, это служба одноразовой почты.
fraud-saw-paid-click = В адресе есть { $parameter }: клик куплен.
fraud-saw-paid-campaign = В адресе есть { $parameter }: клик куплен, кампания «{ $campaign }» не разрешена.
fraud-saw-brand-bidding = Купленный клик ({ $parameter }) с «{ $word }» в запросе.
fraud-saw-banned-referrer = Источник подходит под «{ $pattern }».
fraud-saw-data-center = Адрес клика принадлежит дата-центру.
fraud-saw-too-fast = Через { $seconds } с после клика; человеку нужно не меньше { $limit } с.
fraud-saw-last-second = { $n ->
    [one] Клик пришёл через { $n } минуту после начала корзины.
    [few] Клик пришёл через { $n } минуты после начала корзины.
    [many] Клик пришёл через { $n } минут после начала корзины.
   *[other] Клик пришёл через { $n } минуты после начала корзины.
}
fraud-saw-country-mismatch = Клик из { $click }, оплата из { $billing }.
fraud-saw-unknown-order = Магазин не знает этого заказа.
fraud-saw-over-ceiling = Заказ на { $amount }; без человека проходит до { $limit }.
fraud-saw-duplicate-payout = { $n ->
    [one] На тот же счёт выплачивают ещё { $n } партнёру.
    [few] На тот же счёт выплачивают ещё { $n } партнёрам.
    [many] На тот же счёт выплачивают ещё { $n } партнёрам.
   *[other] На тот же счёт выплачивают ещё { $n } партнёра.
}
fraud-saw-velocity = { $n ->
    [one] { $n } конверсия за день, адресов { $networks }; обычно { $usual } в день.
    [few] { $n } конверсии за день, адресов { $networks }; обычно { $usual } в день.
    [many] { $n } конверсий за день, адресов { $networks }; обычно { $usual } в день.
   *[other] { $n } конверсии за день, адресов { $networks }; обычно { $usual } в день.
}
fraud-saw-empty-clicks = Кликов за 30 дней: { $clicks }, продаж: { $sales }; по доле программы было бы { $expected }.
fraud-saw-refund-rate = Возвращено { $refunds } из { $sales } продаж за 90 дней; обычно в программе { $usual }.
fraud-saw-duplicate-customer = { $n ->
    [one] Этот ящик сделал { $n } заказ под другой учётной записью.
    [few] Этот ящик сделал { $n } заказа под другой учётной записью.
    [many] Этот ящик сделал { $n } заказов под другой учётной записью.
   *[other] Этот ящик сделал { $n } заказа под другой учётной записью.
}
fraud-saw-coupon-leak = { $n ->
    [0] Переход по ссылке другого партнёра был в ту же минуту.
    [one] Переход по ссылке другого партнёра был за { $n } минуту до этого.
    [few] Переход по ссылке другого партнёра был за { $n } минуты до этого.
    [many] Переход по ссылке другого партнёра был за { $n } минут до этого.
   *[other] Переход по ссылке другого партнёра был за { $n } минуты до этого.
}
fraud-see-case = Открыть проверку
