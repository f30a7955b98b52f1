overview-title = Обзор
overview-period = Период
overview-program = Программа
overview-7d = 7 дней
overview-30d = 30 дней
overview-90d = 90 дней
overview-12m = 12 месяцев

overview-no-program = Начните с программы
overview-no-program-text = Программа определяет, кто вас продвигает и сколько получает. На первую хватит двух минут.
overview-first-program = Создать программу

overview-revenue = Выручка от партнёров
overview-revenue-formula = Продажи, зачтённые партнёрам за период, за вычетом возвратов и опротестованных платежей. Изменение — к предыдущему периоду той же длины.
overview-active = Активные партнёры
overview-active-formula = Партнёры хотя бы с одним кликом, лидом или продажей за период. Маленькая линия показывает клики.
overview-conversions = Конверсии
overview-conversions-formula = Продажи и продления, зачтённые партнёрам за период.
overview-of-clicks = { $n ->
    [one] с { $n } клика
    [few] с { $n } кликов
    [many] с { $n } кликов
   *[other] с { $n } клика
}
overview-roi = ROI программы
overview-roi-formula = (Выручка − затраты) ÷ затраты. Затраты — комиссии и бонусы за период, внесённые расходы и его доля расходов каждого месяца.

overview-cac = Цена нового клиента
overview-cac-formula = За этот календарный месяц: комиссии, бонусы, платформа и управление ÷ клиенты, купившие впервые. Все части показывает страница «Экономика» программы.
overview-cac-allowed = Допустимо { $allowable }
overview-cac-above = Больше допустимых { $allowable }
overview-feed-perk = получает бонус
overview-feed-perk-done = больше не ждёт бонус: он выдан
overview-feed-perk-not = остаётся без бонуса
overview-feed-badge = получает значок
overview-feed-promise = приводит клиента, которому причитается { $amount }
overview-feed-cac-near = Цена нового клиента дошла до { $amount }, это близко к пределу
overview-feed-cac-above = Цена нового клиента выросла до { $amount }, это выше предела

overview-revenue-chart = Выручка от партнёров
overview-this-period = Этот период
overview-period-before = Предыдущий период
overview-funnel = От клика до выплаты
overview-clicks = Клики
overview-leads = Лиды
overview-sales = Все продажи
overview-paid = Выплачено
overview-top = Лучшие партнёры
overview-falling = Приводят гораздо меньше обычного
overview-fell-sales = продажи упали на { $fall } с { $day }
overview-fell-clicks = посещения упали на { $fall } с { $day }
overview-fell-usual = В обычную неделю: { $n }
overview-top-none = Партнёр появится здесь после первой продажи.

overview-needs = Ждёт вас
overview-needs-nothing = Сейчас ничего не требуется.
overview-needs-applications = Заявки на рассмотрении
overview-needs-batches = Выплаты на утверждении
overview-needs-held = Удержанные комиссии
overview-needs-parked = Ожидающие события
overview-feed = Прямо сейчас
overview-feed-none = Клики, продажи и новости партнёров появятся здесь сразу.
overview-feed-earned = получает комиссию { $amount }
overview-feed-cleared = может получить { $amount }
overview-feed-held = — удержано { $amount }
overview-feed-rejected = — комиссия отклонена
overview-feed-reversed = — комиссия отозвана
overview-feed-payout-sent = — отправляется выплата { $amount }
overview-feed-payout-paid = — получена выплата { $amount }
overview-feed-payout-failed = — выплата { $amount } не дошла
overview-feed-payout-cancelled = — выплата отменена
overview-feed-method = меняет реквизиты выплат
overview-feed-applied = подаёт заявку
overview-feed-joined = теперь в программе
overview-feed-declined = — заявка отклонена
overview-feed-invited = — отправлено приглашение
overview-feed-link = — новая ссылка
overview-feed-terms = принимает условия
overview-feed-other = Событие { $kind }

overview-steps = Следующие шаги
overview-step-program = Создать программу
overview-step-rules = Опубликовать вознаграждение
overview-step-rules-text = У правил есть версии: заработанное по прежней не меняется.
overview-step-rules-do = Задать правила
overview-step-click = Перейти по первой ссылке
overview-step-click-text = Откройте любую свою ссылку: клик сразу появится здесь.
overview-step-click-do = Ссылки
overview-step-tracking = Передавать продажи
overview-step-tracking-text = Из магазина, платёжной системы или одной строкой кода.
overview-step-tracking-do = Подключить
overview-step-partners = Привлечь трёх партнёров
overview-step-partners-text = Лучше всего начать с клиентов, которые уже вас рекомендуют.
overview-step-partners-do = Партнёры
overview-new-customers = Новые клиенты
overview-needs-risk = Проверки, ждущие решения
overview-needs-overdue = Просроченные проверки
overview-feed-appealed = возражает против решения
overview-feed-overdue = ждёт решения, срок прошёл
overview-feed-case = попал в очередь проверок
overview-feed-case-decided = получил ответ по проверке
overview-feed-application = Новая заявка
