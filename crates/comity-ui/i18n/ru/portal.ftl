portal-state-pending = Ожидает
portal-state-held = Удержано
portal-state-approved = Готово
portal-state-paid = Выплачено
portal-state-declined = Отклонено
portal-state-reversed = Сторно

portal-terms-changed = Условия программы изменились.
portal-terms-read = Прочитать и принять
portal-available = Доступно
portal-clearing = Ожидает
portal-pending = { $amount } ожидает подтверждения
portal-clears = { $amount } станет доступно к { $date }
portal-clears-on = станет доступно { $date }
portal-next-no-method = Чтобы получать деньги, укажите реквизиты.
portal-next-below = Выплаты начинаются от { $min }. До этого всё остаётся на вашем счёте.
portal-add-method = Указать реквизиты
portal-see-payouts = Выплаты
portal-how = Как это работает
portal-your-link = Ваша ссылка
portal-all-links = Все ссылки
portal-all = Все
portal-share = Поделиться
portal-new-link = Новая ссылка
portal-clicks = Переходы
portal-leads = Лиды
portal-customers = Клиенты
portal-clicks-by-day = Переходы по дням
portal-no-clicks = Поделитесь ссылкой хотя бы раз. Переходы появятся здесь через секунду.
portal-first-steps = Первые шаги
portal-done-of = { $n } из { $of }
portal-recent = Последние начисления

portal-filter-state = Состояние
portal-no-earnings = Здесь появится первая комиссия
portal-no-earnings-text = Продажа засчитывается, когда человек покупает после перехода по вашей ссылке. Она появится здесь через несколько секунд.
portal-statements = Отчёты по месяцам

portal-back-earnings = Все начисления
portal-why-title = Почему столько
portal-why-amount = Как получилась сумма
portal-why-credit = Почему она ваша
portal-why-history = Что происходило
portal-ask-title = Что-то не так?
portal-ask-label = Ваш вопрос или возражение
portal-ask-send = Отправить
portal-asked = Ваш вопрос у команды. Ответ придёт по почте и появится здесь.

portal-coupon = Ваш промокод
portal-coupon-text = Продажи с этим кодом ваши, даже без перехода.
portal-no-links = Ссылок пока нет
portal-no-links-text = По ссылке мы узнаём, что посетитель пришёл от вас. Создайте первую.
portal-link-paused = На паузе
portal-leads-to = Ведёт на { $url }
portal-link-clicks = { $n ->
    [one] { $n } переход
    [few] { $n } перехода
    [many] { $n } переходов
   *[other] { $n } перехода
}
portal-link-customers = { $n ->
    [one] { $n } клиент
    [few] { $n } клиента
    [many] { $n } клиентов
   *[other] { $n } клиента
}
portal-link-more = QR и цифры
portal-back-links = Все ссылки
portal-destination = Куда ведёт
portal-destination-hint = Любая страница: { $hosts }.
portal-link-name = Название
portal-link-name-hint = Его видите только вы: рассылка, ролик, плакат.
portal-slug = Короткий адрес
portal-create-link = Создать ссылку
portal-qr = QR-код
portal-qr-of = QR-код: { $name }
portal-qr-text = Напечатайте на плакате или визитке: сканирования считаются как переходы.
portal-print = Распечатать

portal-payout-planned = Запланирована
portal-payout-underway = В пути
portal-payout-paid = Выплачена
portal-payout-failed = Возврат
portal-payout-of = Выплата от { $date }
portal-payout-to = Куда
portal-payout-reference = Назначение
portal-payout-earnings = За что
portal-next-payout = Следующая выплата
portal-minimum = Минимальная выплата
portal-payout-history = История выплат
portal-no-payouts = Выплат пока не было
portal-no-payouts-text = Доступные деньги уходят в ближайший день выплат.
portal-method = Реквизиты
portal-change-method = Изменить
portal-method-none = Мы пока не знаем, куда отправлять деньги.
portal-method-since = Изменены { $date }
portal-method-rests = Начнут действовать { $date }. До этого деньги туда не уйдут, чтобы вы успели возразить, если реквизиты сменили не вы.
portal-back-payouts = Выплаты
portal-rail-sepa = Банк (SEPA)
portal-rail-ach = Банк (США)
portal-rail-paypal = PayPal
portal-rail-wise = Wise
portal-rail-credit = Баланс магазина
portal-rail-manual = Другое
portal-holder = Владелец счёта
portal-iban = IBAN
portal-routing = Routing number
portal-account = Номер счёта
portal-paypal-email = Адрес в PayPal
portal-wise-email = Адрес в Wise
portal-credit-text = Начисления превращаются в баланс магазина без комиссий.
portal-manual-details = О чём вы договорились с программой
portal-password = Ваш пароль
portal-password-why = Спрашиваем ещё раз, потому что сюда уйдут деньги.
portal-rest = { $n ->
    [one] Новые реквизиты начнут действовать через { $n } день. Письмо об изменении придёт сразу.
    [few] Новые реквизиты начнут действовать через { $n } дня. Письмо об изменении придёт сразу.
    [many] Новые реквизиты начнут действовать через { $n } дней. Письмо об изменении придёт сразу.
   *[other] Новые реквизиты начнут действовать через { $n } дня. Письмо об изменении придёт сразу.
}
portal-save-method = Сохранить реквизиты

portal-no-statements = Отчётов пока нет
portal-no-statements-text = Первый появится, когда закончится ваш первый месяц.
portal-statement-of = Отчёт, { $month }
portal-payer = От кого
portal-payee = Кому
portal-opening = Остаток на начало
portal-closing = Остаток на конец
portal-entry = Операция
portal-amount = Сумма
portal-balance = Остаток
portal-no-entries = В этом месяце операций не было.
portal-statement-foot = Суммы указаны по бухгалтерской книге. Исправления проведены отдельными операциями.

portal-terms-changes = Что изменилось:
portal-attribution = Как засчитываются продажи
portal-terms-version = Условия, версия { $n }, с { $date }
portal-terms-accepted = Вы приняли эту версию { $date }.
portal-terms-accept = Принять версию { $n }

portal-about = О вас
portal-name = Имя
portal-email = Электронная почта
portal-email-hint = С ней вы входите. Сменить её можно в разделе входа и устройств.
portal-company = Компания
portal-website = Сайт
portal-channels = Каналы
portal-channels-hint = По одному адресу в строке. Площадки могут быть чужими.
portal-country = Страна
portal-public-name = Моё имя можно показывать публично
portal-public-name-hint = Для рейтингов и партнёра месяца.
portal-mails = Письма
portal-mail-click = Первый переход по новой ссылке
portal-mail-sale = Каждая продажа
portal-mail-payout = Выплаты
portal-mail-news = Новости программы
portal-mail-always = Уведомления о безопасности и новых условиях приходят всегда.
portal-save = Сохранить
portal-yours = Ваши данные принадлежат вам
portal-yours-text = Ссылки, переходы, начисления и выплаты одним файлом, который прочитают другие программы.
portal-export = Скачать всё

portal-next-ready = Уйдёт со следующим запуском выплат.
portal-next-nothing = Пока нечего выплачивать.
portal-link-pause = Приостановить
portal-link-resume = Возобновить
portal-earning-search = Номер заказа
portal-none-found = Ничего не найдено
portal-none-found-text = Измените состояние или поиск.
portal-csv = Скачать CSV
portal-account-type = Вид счёта
portal-account-checking = Текущий
portal-account-savings = Сберегательный
portal-credit-email = Адрес вашего аккаунта в магазине
portal-method-link = Речь о деньгах, поэтому сначала убедимся, что это вы. Отправим ссылку для входа на { $email }: откройте её и вернётесь сюда.
portal-method-send-link = Отправить ссылку
portal-security = Вход и устройства
portal-security-text = Пароль, электронная почта и устройства, на которых вы вошли.
portal-security-open = Открыть
portal-status-invited = Вас пригласили. Чтобы начать, примите приглашение из письма.
portal-status-pending = Заявка на рассмотрении. Ссылки и начисления заработают после одобрения.
portal-status-rejected = Заявку отклонили.
portal-status-paused = Участие на паузе: ссылки открываются, но новые продажи не засчитываются.
portal-status-banned = Участие прекращено из-за нарушения. Всё ваше по-прежнему видно здесь.
portal-status-archived = Участие завершено. Всё ваше по-прежнему видно здесь.
portal-task-share = Поделиться ссылкой
portal-task-share-text = Там, где у вас спрашивают совета.
portal-task-share-go = Открыть ссылки
portal-task-sale = Привести первого клиента
portal-task-method = Указать реквизиты
portal-task-method-go = Указать
portal-link-created = Ссылка создана
portal-link-now-paused = Ссылка приостановлена
portal-link-now-active = Ссылка снова работает
portal-question-sent = Вопрос отправлен
portal-method-saved = Реквизиты сохранены
portal-terms-thanks = Условия приняты
portal-terms-none = Программа пока не опубликовала условия.
portal-profile-saved = Сохранено
portal-happened = { $what }: записано
portal-clears-after = Что ждём: { $reason }
portal-col-date = Дата
portal-col-order = Заказ
portal-col-what = За что
portal-col-state = Состояние
portal-col-amount = Сумма
portal-col-currency = Валюта
portal-col-clears = Станет доступно
portal-col-reason = Причина
portal-col-balance = Остаток
portal-payout-failed-text = Деньги не дошли и вернулись на ваш баланс. Проверьте реквизиты.
portal-payout-event-planned = Запланирована
portal-already-asked = Ваш вопрос уже у команды.
portal-problem-missing = Заполните это поле.
portal-problem-invalid = Похоже на ошибку.
portal-problem-length = Номер слишком длинный или слишком короткий.
portal-problem-checksum = Опечатка: контрольные цифры не сходятся.
portal-problem-country = Этот способ не работает для такой страны.
portal-next-owed = Выплаченная продажа возвращена. Сначала её покроют новые начисления; доплачивать ничего не нужно.
portal-qr-svg = Для печати (SVG)
portal-qr-png = Картинка (PNG)
portal-close = Выйти из программы
portal-close-text = Вы выходите из всех программ. Вот что произойдёт:
portal-close-links = Ваши ссылки перестанут приносить доход и будут вести на сайт без зачёта.
portal-close-balance = Заработанное остаётся вашим и выплачивается как обычно, когда станет доступно.
portal-close-books = Записи хранятся столько, сколько требует закон. Если нужна копия, сначала скачайте свои данные.
portal-close-sessions = Вход завершится на всех устройствах. Чтобы вернуться, обратитесь к команде.
portal-close-do = Выйти сейчас
portal-close-done = Вы вышли из программы. Заработанное будет выплачено
portal-payout-ask = Запросить выплату
portal-payout-asked = Запрос отправлен. Команда проверит его и отправит деньги.
portal-ask-cooling = Реквизиты недавно изменились и несколько дней не используются. Запросите выплату позже.
portal-ask-live = Выплата вам уже идёт.
portal-ask-too-little = На балансе пока недостаточно средств.
portal-ask-not-now = Сейчас выплаты невозможны. Пожалуйста, запросите позже.

portal-review-title = Проверка команды
portal-review-open = Мы проверяем эту комиссию и ответим не позже { $date }. До решения она остаётся за вами.
portal-review-late = Мы обещали ответить раньше и опаздываем. До решения комиссия остаётся за вами.
portal-review-waiting = У нас есть вопрос. Ответьте, пожалуйста, до { $date }.
portal-review-appealed = Ваше возражение у команды. Ответ придёт не позже { $date }.
portal-review-released = Проверка закончена: комиссия остаётся в силе.
portal-review-rejected = Команда отклонила эту комиссию.
portal-review-appeal-declined = Команда рассмотрела ваше возражение и оставила решение в силе.
portal-appeal-label = Ваше возражение
portal-appeal-hint = Расскажите, что нам важно знать: кто заказывал, откуда пришли посетители. Читать будет человек.
portal-appeal-do = Возразить
portal-appeal-sent = Возражение отправлено
portal-reply-label = Ваш ответ
portal-reply-hint = Команда прочтёт его и решит.
portal-reply-do = Ответить
portal-reply-sent = Ответ отправлен
portal-appeal-over = Это уже невозможно: команда тем временем решила.
