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
