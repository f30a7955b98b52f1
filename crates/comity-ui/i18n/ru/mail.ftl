mail-sent-by = Отправитель: { $name }.
mail-always-reason = Письмо касается вашей учётной записи. Отключить такие письма нельзя.
mail-choice-reason = Вы получили это письмо как партнёр { $name }. Выбрать письма можно в профиле.
mail-application-reason = Вы получили это письмо, потому что с этим адресом подали заявку.
mail-when = Когда
mail-device = Устройство
mail-what = За что
mail-amount = Сумма
mail-clears = Станет доступно
mail-method = Куда
mail-reference = Назначение
mail-your-link = Ваша ссылка

mail-link-subject = Ссылка для входа в { $name }
mail-link-title = Вход
mail-link-text = { $n ->
    [one] По этой ссылке вы войдёте без пароля. Она сработает один раз в течение { $n } минуты.
    [few] По этой ссылке вы войдёте без пароля. Она сработает один раз в течение { $n } минут.
    [many] По этой ссылке вы войдёте без пароля. Она сработает один раз в течение { $n } минут.
   *[other] По этой ссылке вы войдёте без пароля. Она сработает один раз в течение { $n } минуты.
}
mail-link-not-you = Если вы её не просили, ничего не делайте: без этого письма никто не войдёт.
mail-link-button = Войти
mail-link-reason = Вы получили это письмо, потому что для этого адреса попросили ссылку для входа.

mail-invite-subject = { $inviter } приглашает вас в { $name }
mail-invite-title = Приглашение в { $name }
mail-invite-text = Вас приглашает { $inviter }. Приглашение действует до { $date }.
mail-invite-button = Принять приглашение
mail-invite-reason = Вы получили это письмо, потому что этот адрес указал(а) { $inviter }.

mail-security-subject = Безопасность: { $event }
mail-security-password = Ваш пароль изменён
mail-security-totp-on = Вход в два шага включён
mail-security-totp-off = Вход в два шага выключен
mail-security-device = Вход с нового устройства
mail-security-key = Создан ключ API
mail-security-text = Если это были вы, ничего делать не нужно. Если нет, войдите, смените пароль и завершите остальные сеансы.
mail-security-button = Проверить учётную запись

mail-status-button = Посмотреть состояние
mail-received-subject = { $name }: заявка получена
mail-received-title = Мы получили вашу заявку
mail-received-text = Спасибо, { $name }. Её прочитает человек.
mail-question-subject = Вопрос по вашей заявке в { $name }
mail-question-title = Один вопрос
mail-question-text = { $name }, прежде чем решить, мы хотели бы узнать:
mail-question-button = Ответить
mail-approved-subject = Вы приняты: { $name }
mail-approved-title = Добро пожаловать, { $name }
mail-approved-text = Первая ссылка готова. Поделитесь ею и посмотрите, как придёт первый переход.
mail-approved-button = Открыть кабинет
mail-declined-subject = Ваша заявка в { $name }
mail-declined-title = Не в этот раз
mail-declined-text = { $name }, спасибо за заявку. Мы отклонили её по такой причине:

mail-click-subject = Ваш первый переход
mail-click-title = Работает, { $name }
mail-click-text = По вашей ссылке перешли. Когда будет покупка, вы увидите её через несколько секунд.
mail-click-button = Посмотреть

mail-sale-subject = Первая продажа: { $amount }
mail-sale-title = Ваша первая продажа
mail-sale-text = Покупатель пришёл по вашей ссылке. Как получилась сумма, видно в одно нажатие.
mail-why-button = Почему столько
mail-held-subject = Одна из ваших комиссий удержана
mail-held-title = Комиссия удержана
mail-held-text = Она не потеряна. Причина:
mail-refused-subject = Одна из ваших комиссий отклонена
mail-refused-title = Комиссия отклонена
mail-refused-text = Причина указана ниже. Если вы не согласны, возразите на её странице: человек посмотрит ещё раз.

mail-paid-subject = { $amount } уже в пути
mail-paid-title = Выплата в пути
mail-paid-text = Банкам нужно до трёх рабочих дней.
mail-payout-button = Посмотреть выплату
mail-failed-subject = Выплата { $amount } вернулась
mail-failed-title = Выплата вернулась
mail-failed-text = Деньги снова на вашем счёте и уйдут со следующей выплатой. Что случилось:
mail-failed-button = Проверить реквизиты
mail-method-subject = Ваши реквизиты изменены
mail-method-title = Ваши реквизиты изменены
mail-method-text = Они начнут действовать { $date }. Если это были не вы, войдите, верните прежние и сообщите нам.
mail-method-button = Проверить реквизиты

mail-answer-subject = { $name }: ответ на ваш вопрос
mail-answer-title = { $name }, вам ответили
mail-answer-text = Команда посмотрела комиссию, о которой вы спрашивали. Ответ:
mail-answer-asked = Ваш вопрос
mail-answer-button = Открыть комиссию
mail-unsubscribe = Больше не присылать такие письма
mail-next-sale-subject = Вы заработали { $amount }
mail-next-sale-title = Продажа по вашей ссылке
mail-security-address = Изменён адрес вашей учётной записи
mail-address-subject = Подтверждение нового адреса для { $name }
mail-address-title = Это ваш адрес?
mail-address-text = Вы попросили входить с этим адресом. Ссылка действует сутки.
mail-address-not-you = Если это были не вы, не обращайте внимания: ничего не изменится.
mail-address-button = Использовать этот адрес
mail-address-reason = Письмо пришло, потому что партнёр указал этот адрес в своей учётной записи.

mail-released-subject = Комиссия подтверждена
mail-released-title = Проверка закончена
mail-released-text = Мы проверили эту комиссию: она остаётся в силе и будет выплачена в обычном порядке.
mail-case-question-subject = Вопрос о вашей комиссии
mail-case-question-title = У нас есть вопрос
mail-case-question-text = Мы проверяем эту комиссию, и нам нужен ваш ответ. До него решение отложено.
mail-case-question-button = Ответить
mail-overdue-subject = { $n ->
    [one] { $n } проверка просрочена
    [few] { $n } проверки просрочены
    [many] { $n } проверок просрочено
   *[other] { $n } проверки просрочено
}
mail-overdue-title = Партнёры ждут решения
mail-overdue-text = Обещанный срок ответа прошёл. Само ничего не снимается: деньги остаются удержанными, пока кто-нибудь не решит.
mail-overdue-button = Открыть очередь
mail-overdue-reason = Вы получили это письмо, потому что принимаете решения о комиссиях.

mail-news-button = Открыть в кабинете
mail-terms-subject = Новые условия программы { $name }
mail-terms-title = { $name }, прочитайте, пожалуйста, новые условия
mail-terms-text = Программа { $name } опубликовала новые условия. Ваши ссылки продолжают приносить доход. Новые ссылки и выплаты подождут, пока вы не примете условия; это займёт минуту.
mail-terms-button = Прочитать условия
mail-nudge-subject = Ваша ссылка в программе { $name } ждёт
mail-nudge-title = { $name }, нам вас не хватает
mail-nudge-text = Последняя продажа по вашей ссылке в программе { $name } была { $n ->
    [one] { $n } день
    [few] { $n } дня
    [many] { $n } дней
   *[other] { $n } дня
} назад. Ссылка по-прежнему работает и приносит доход.
mail-nudge-bonus = Следующая продажа принесёт сверху { $amount }.
mail-nudge-button = Открыть мои ссылки
