payout-title = Выплаты
payout-export = Скачать CSV
payout-program = Программа
payout-partner = Партнёр
payout-rail = Способ
payout-amount = Сумма
payout-due = К выплате сейчас
payout-nobody = Сейчас выплачивать некому
payout-nobody-text = Комиссии доступны к выплате, когда прошёл срок возврата и набран минимум.
payout-plan-all = Запланировать { $amount }: { $n ->
    [one] { $n } партнёр
    [few] { $n } партнёра
    [many] { $n } партнёров
   *[other] { $n } партнёра
}
payout-plan-chosen = Запланировать выбранные
payout-planned = Запланировано. Проверьте и утвердите.
payout-not-now = Не в этот раз
payout-why-not = Почему
payout-available = На балансе
payout-runs = Реестры
payout-run = Реестр
payout-no-runs = Выплат ещё не было.
payout-status = Состояние
payout-payments = Платежи
payout-account = Куда
payout-planned-on = Запланировано
payout-approved-on = Утверждено
payout-sent-on = Отправлено
payout-settled-on = Завершено
payout-file = Скачать файл
payout-approve = Утверждение
payout-approve-text = При утверждении фиксируются суммы и счета, создаётся платёжный файл, деньги резервируются. Потом изменить нельзя, только отменить до отправки.
payout-approve-do = Утвердить { $amount }: { $n ->
    [one] { $n } платёж
    [few] { $n } платежа
    [many] { $n } платежей
   *[other] { $n } платежа
}
payout-approve-done = Утверждено. Файл готов.
payout-four-eyes = Сумма выше предела для одного человека: утвердить должен не тот, кто планировал.
payout-needs-approver = Утверждает владелец или финансист.
payout-cancel = Отмена реестра
payout-cancel-text = Ничего не отправлено. Балансы станут прежними.
payout-cancel-do = Отменить { $n ->
    [one] { $n } платёж
    [few] { $n } платежа
    [many] { $n } платежей
   *[other] { $n } платежа
}
payout-cancel-done = Отменено. Балансы прежние.
payout-send = Отправка
payout-send-text = Передайте файл банку или платёжной системе либо выплатите вручную. Затем отметьте здесь, партнёры узнают об этом.
payout-send-do = Отправлено
payout-send-done = Отмечено. Партнёры видят выплату в пути.
payout-settle = Что дошло
payout-settle-text = Загрузите отчёт банка или отметьте сами. Недошедшее вернётся на баланс партнёра.
payout-settle-do = Дошли все: { $n }
payout-settle-done = Завершено
payout-report = Отчёт банка
payout-report-hint = camt или CSV. Если строка не подходит, файл не принимается целиком и ничего не меняется.
payout-report-do = Сверить
payout-report-done = Дошло: { $paid }. Не дошло: { $failed }. Уже известно: { $known }. Нет в отчёте: { $missing }.
payout-report-refused = Отчёт не принят, ничего не изменилось. Место: { $place }.
payout-report-empty = Сначала выберите файл.
payout-arrived = Дошло
payout-failed = Не дошло
payout-failed-by-hand = Отмечено командой
payout-conflict = Это уже невозможно: реестр за это время изменился.
payout-conflict-second = Утвердить должен не тот, кто планировал.
payout-conflict-balance = Чей-то баланс уменьшился после планирования. Отмените реестр и запланируйте заново.
payout-conflict-nothing = Сейчас выплачивать некому.
payout-no-payer = Счёт плательщика не указан или указан не полностью. Сначала задайте его.
payout-set-payer = Задать счёт

payout-rail-sepa = Банк (SEPA)
payout-rail-ach = Банк (США)
payout-rail-paypal = PayPal
payout-rail-wise = Wise
payout-rail-stripe = Stripe
payout-rail-credit = Баланс в магазине
payout-rail-manual = Вручную
payout-batch-planned = Ждёт утверждения
payout-batch-approved = Утверждён
payout-batch-sent = В пути
payout-batch-settled = Завершён
payout-batch-cancelled = Отменён
payout-state-planned = Запланирован
payout-state-approved = Утверждён
payout-state-sent = В пути
payout-state-unknown = Неизвестно
payout-state-paid = Дошёл
payout-state-failed = Не дошёл
payout-state-returned = Вернулся
payout-state-cancelled = Отменён
payout-skip-stopped = Выплаты остановлены
payout-skip-not-selected = Не выбран
payout-skip-live = Выплата уже идёт
payout-skip-held = Удержано: { $reason }
payout-skip-tax = Не указаны налоговые данные
payout-skip-negative = Баланс ниже нуля: его сначала покроют новые комиссии
payout-skip-nothing = Нечего выплачивать
payout-skip-minimum = Меньше минимальной выплаты
payout-skip-method = Нет реквизитов
payout-skip-cooling = Новые реквизиты начнут действовать { $date }
payout-skip-currency = Реквизиты не подходят для валюты
payout-skip-deductions = После налогов и сборов ничего не остаётся
payout-skip-partner-cap = Больше лимита на партнёра
payout-skip-run-cap = Лимит реестра исчерпан
payout-skip-range = Суммы не складываются

payout-payer = Счёт плательщика
payout-payer-text = Платёжные файлы списывают с этого счёта. Comity сам деньги не переводит: файл в банк передаёте вы.
payout-payer-name = Имя владельца счёта
payout-payer-name-hint = Если пусто — название организации.
payout-payer-iban = IBAN
payout-payer-bic = BIC
payout-payer-save = Сохранить
payout-payer-saved = Сохранено
payout-payer-forbidden = Это задаёт владелец или финансист.

payout-stopped = Выплаты остановлены с { $date }: { $reason }
payout-stop-see = Открыть
payout-stop = Остановить все выплаты
payout-stop-text = Пока выплаты остановлены, ничего не планируется, не утверждается и не отправляется. То, что уже в пути, остаётся в пути, и мы продолжаем узнавать его судьбу.
payout-stop-reason = Почему
payout-stop-do = Остановить выплаты
payout-stop-done = Выплаты остановлены.
payout-resume = Возобновить выплаты
payout-resume-text = Реестры снова можно планировать, утверждать и отправлять.
payout-resume-do = Возобновить
payout-resume-done = Выплаты возобновлены.
payout-conflict-stopped = Выплаты остановлены. Сначала возобновите их в настройках.
payout-rules = Расписание и лимиты
payout-rules-save = Сохранить
payout-rules-saved = Сохранено
payout-schedule = Расписание
payout-schedule-text = В нужный день реестр планируется сам. Утверждает его всегда человек.
payout-schedule-manual = Вручную
payout-schedule-manual-text = Каждый реестр планирует человек.
payout-schedule-monthly = Каждый месяц
payout-schedule-monthly-text = В указанное ниже число.
payout-schedule-weekly = Каждую неделю
payout-schedule-weekly-text = В указанный ниже день недели.
payout-schedule-threshold = Когда накопится сумма
payout-schedule-threshold-text = Как только партнёрам причитается указанная ниже сумма.
payout-schedule-day = Число месяца
payout-schedule-day-hint = От 1 до 31; в коротком месяце — последний день.
payout-schedule-weekday = День недели
payout-weekdays = Понедельник Вторник Среда Четверг Пятница Суббота Воскресенье
payout-schedule-due = Сумма к выплате
payout-limits = Лимиты
payout-limits-text = То, что выше лимита, ждёт следующего реестра. Пусто — без лимита.
payout-run-cap = Не больше за один реестр
payout-partner-cap = Не больше одному партнёру за реестр
payout-day-cap = Не больше за день
payout-asking = Запрос выплаты
payout-may-ask = Партнёры могут запросить выплату
payout-may-ask-text = Кнопка в кабинете планирует реестр для одного партнёра. Он ждёт утверждения, как и любой другой.
payout-debts = Ниже нуля
payout-debts-text = Возврат уже выплаченного оставляет долг. Его сначала покрывают новые комиссии; выплачен он не будет.
payout-no-debts = Никто ничего не должен
payout-no-debts-text = Здесь появятся возвраты после выплаты.
payout-owes = Долг
payout-write-off = Списать
payout-write-off-text = { $name }: долг { $amount }. После списания баланс станет нулевым, а сумма будет учтена как расход программы. Новые комиссии будут выплачиваться полностью.
payout-write-off-reason = Почему
payout-write-off-reason-hint = Сохраняется в журнале действий.
payout-write-off-do = Списать { $amount }
payout-write-off-booked = Списано. Баланс равен нулю.
payout-write-off-asked = Должен согласиться кто-то ещё: сумма выше лимита для одного человека.
payout-write-offs = Списания
payout-write-off-waiting = Ждёт второго человека
payout-write-off-done = Списано
payout-write-off-declined = Отклонено
payout-write-off-agree = Согласиться
payout-write-off-decline = Отклонить
payout-write-off-kept = Долг остаётся.
payout-conflict-debt = Долг за это время изменился. Запросите списание заново на сегодняшнюю сумму.
payout-returned = Деньги вернулись
payout-providers = Платёжные сервисы
payout-providers-text = Если подключён платёжный сервис, утверждённый реестр отправляется сам: каждый платёж ровно один раз, что бы ни случилось по дороге. Без подключения реестр — это файл.
payout-providers-back = Счёт плательщика и остановка выплат
payout-provider-off = Не подключён
payout-provider-on = Подключён
payout-provider-sandbox = Для проверки
payout-provider-broken = Не работает
payout-provider-said = Ответ сервиса: { $text }
payout-provider-tested = Проверено { $date }
payout-provider-untested = Ещё не проверено
payout-provider-client = Идентификатор клиента
payout-provider-profile = Номер профиля
payout-provider-secret = Секретный ключ
payout-provider-secret-hint = Хранится запечатанным и больше не показывается.
payout-provider-secret-kept = Сохранён ключ, который кончается на { $hint }. Чтобы заменить его, введите новый.
payout-provider-try = Для проверки
payout-provider-try-text = Песочница сервиса: настоящие деньги не двигаются. У Stripe это решает сам ключ.
payout-provider-test = Проверить
payout-provider-test-ok = Работает.
payout-provider-test-bad = Не работает. Ответ сервиса — ниже.
payout-provider-remove = Отключить
payout-provider-remove-text = Ключ будет забыт, и новые реестры снова станут файлами. То, что уже в пути, там и останется, но без ключа о нём нельзя будет узнать.
payout-provider-removed = Отключено
payout-driven = Отправляет сервис
payout-driven-text = Каждый платёж отправляется один раз, и мы сами узнаём его судьбу. Здесь ничего делать не нужно.
payout-attention = Ждёт человека
payout-attention-text = Судьбу этих платежей нельзя узнать автоматически, и второй раз ничего не отправляется. Посмотрите на страницах самого сервиса и отметьте, что вы нашли.
payout-attention-why = Почему
payout-attention-since = С какого времени
payout-attention-some = { $n ->
    [one] Ждёт человека: { $n } платёж.
    [few] Ждут человека: { $n } платежа.
    [many] Ждут человека: { $n } платежей.
   *[other] Ждут человека: { $n } платежа.
}
payout-calm = Ничего не ждёт
payout-calm-text = Все платежи в пути, дошли или вернулись на баланс партнёра.
payout-after-all = Всё-таки дошёл
payout-dismiss = Всё в порядке
payout-why-not-found = Сервис не знает этот платёж и уже не узнал бы повтор.
payout-why-no-answer = Сервис не отвечает.
payout-why-no-confirmation = Сервис принял платёж, но так и не подтвердил, что он дошёл.
payout-why-contradiction = Сервис сообщил, что платёж не дошёл, а потом — что дошёл.
payout-why-vanished = Сервис принял платёж, а потом перестал его узнавать.
payout-why-no-account = Сервис не подключён.
payout-why-changed = Сохранённый запрос отличается от утверждённого. Он никогда не будет отправлен.
