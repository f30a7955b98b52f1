reward-title = Награды
reward-tab-queue = К выдаче
reward-tab-customers = Для клиентов
reward-tab-catalogue = Каталог
reward-tab-badges = Значки
reward-none-found = Ничего не найдено. Попробуйте другое слово или другое состояние.

reward-status = Состояние
reward-status-pending = К выдаче
reward-status-fulfilled = Выдано
reward-status-failed = Не получилось
reward-status-cancelled = Отменено
reward-status-granted = Обещано
reward-status-honoured = Использовано
reward-status-void = Недействительно
reward-source-rule = По правилу
reward-source-badge = Вместе со значком
reward-source-manual = От команды
reward-note-refund = Продажу вернули

reward-search-queue = Искать партнёров, бонусы и примечания
reward-queue-none = Выдавать нечего
reward-queue-none-text = Когда правило или значок даёт бонус, он ждёт здесь, пока его кто-нибудь не выдаст.
reward-col-perk = Бонус
reward-col-partner = Партнёр
reward-quantity = Сколько
reward-give = Дать бонус
reward-note = Примечание для партнёра
reward-note-hint = Его прочтёт партнёр: как отправлено или почему не получилось.
reward-given = Бонус дан и ждёт выдачи.
reward-done = Готово. Партнёр это видит.

reward-search-customers = Искать коды, клиентов и партнёров
reward-customers-none = Клиентам ещё ничего не обещано
reward-customers-none-text = С двусторонним правилом награду получает и приведённый клиент. Магазин узнаёт о ней через вебхук или API и принимает код.
reward-code = Код
reward-customer = Клиент
reward-through = Через
reward-worth = Ценность
reward-do-honour = Отметить использованным
reward-do-void = Отозвать
reward-do-reopen = Открыть снова

reward-catalogue-none = Бонусов ещё нет
reward-catalogue-none-text = Бонус — всё, что не деньги: вещи, билеты, бесплатные месяцы. Правила и значки дают его по единице.
reward-new-perk = Новый бонус
reward-add-perk = Добавить бонус
reward-name = Название
reward-unit = Единица
reward-unit-hint = Как его называют правила: swag_box. Если пусто, составится из названия.
reward-cost = Цена одного
reward-cost-hint = Входит в окупаемость и в цену клиента.
reward-costs = { $cost } за штуку
reward-description = Описание
reward-state = Состояние
reward-on = Можно получить
reward-off = Выключено
reward-perk-added = Бонус добавлен в каталог.

reward-badges-none = Значков ещё нет
reward-badges-none-text = Значок получают один раз и навсегда. Он может открыть бонус.
reward-new-badge = Новый значок
reward-add-badge = Добавить значок
reward-badge-added = Значок добавлен. Кто уже достиг цели, получил его.
reward-measure = Считать
reward-measure-count = Продажи и другие засчитанные события
reward-measure-revenue = Выручку
reward-measure-commission = Комиссию
reward-measure-new = Новых клиентов
reward-threshold = Достичь
reward-threshold-hint = С момента вступления. Число или сумма в валюте программы.
reward-unlocks = Открывает
reward-unlocks-nothing = Ничего
reward-unlocks-perk = Открывает: { $n } × { $perk }
reward-awards = { $n ->
    [0] пока ни у кого
    [one] { $n } партнёр
    [few] { $n } партнёра
    [many] { $n } партнёров
   *[other] { $n } партнёра
}
reward-goal-count = { $n ->
    [one] { $n } засчитанное событие
    [few] { $n } засчитанных события
    [many] { $n } засчитанных событий
   *[other] { $n } засчитанного события
}
reward-goal-revenue = { $amount } выручки
reward-goal-commission = { $amount } комиссии
reward-goal-new = { $n ->
    [one] { $n } новый клиент
    [few] { $n } новых клиента
    [many] { $n } новых клиентов
   *[other] { $n } нового клиента
}

reward-facts = Сведения
reward-given-by = Основание
reward-cost-all = Стоимость
reward-why = За что дано
reward-act = Что произошло
reward-do-fulfil = Выдано
reward-do-fail = Не получилось
reward-do-cancel = Отменить
reward-moves = Книга единиц
reward-from = Откуда
reward-to = Куда
reward-place-program = Программа
reward-place-open = Причитается партнёру
reward-place-fulfilled = Получено партнёром

reward-none = Наград, кроме денег, ещё нет
reward-none-text = Бонусы и значки программы появятся здесь, как только они будут.
reward-units = В пути: { $open }, получено: { $received }
reward-history = Что вам дали
reward-progress = { $now } из { $goal }
reward-unlocks-for-you = Открывает: { $perk }.
reward-earned-on = Получен { $day }.
reward-yours-pending = В пути
reward-yours-fulfilled = Получено
reward-yours-failed = Разбираемся
reward-yours-cancelled = Отменено
reward-recruit = Привести партнёра
reward-recruit-text = Партнёры, подавшие заявку по этой ссылке, считаются вашими: сверх своего вы получаете { $rate } от того, что заработают они.
reward-recruit-over = Партнёры, подавшие заявку по этой ссылке, считаются вашими.
reward-recruit-link = Ваша ссылка для партнёров
reward-recruited = { $n ->
    [0] По ней ещё никто не пришёл
    [one] По ней пришёл { $n } партнёр
    [few] По ней пришли { $n } партнёра
    [many] По ней пришли { $n } партнёров
   *[other] По ней пришло { $n } партнёра
}
reward-home = Бонусы, значки, новые партнёры
reward-home-text = { $n ->
    [0] Посмотрите, что можно получить, кроме денег.
    [one] К вам едет { $n } бонус.
    [few] К вам едут { $n } бонуса.
    [many] К вам едут { $n } бонусов.
   *[other] К вам едет { $n } бонуса.
}
reward-home-open = Посмотреть
reward-search-catalogue = Искать бонусы по названию, единице или описанию
reward-search-badges = Искать значки

reward-tab-dormant = Затихшие партнёры
