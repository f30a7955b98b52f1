program-rule-sale = Доля с каждой продажи
program-rule-referee = Награда новому покупателю
program-terms-default =
    # За что платят

    Вы получаете вознаграждение за покупателей, которых привели в { $brand } по ссылкам и кодам программы { $program }. Действующие правила видны на странице программы и в кабинете. У каждой комиссии показан расчёт.

    # Какие покупатели считаются вашими

    Покупатель ваш, если ваша ссылка или код были последними в течение { $window ->
        [one] { $window } дня
        [few] { $window } дней
        [many] { $window } дней
       *[other] { $window } дней
    } до покупки. В новых правилах сказано, с какого момента они действуют.

    # Когда платят

    Комиссия ждёт { $hold ->
        [one] { $hold } день
        [few] { $hold } дня
        [many] { $hold } дней
       *[other] { $hold } дня
    }, чтобы закрылись возвраты. Потом её выплачивают со следующей выплатой, как только баланс достигнет { $minimum }. Если покупку вернули, комиссия за неё снимается.

    # Что запрещено

    - Покупать по своей ссылке или своему коду.
    - Ставить cookie без перехода.
    - Рекламироваться по названию бренда или выдавать себя за бренд.
    - Вводить людей в заблуждение о продукте или о своём вознаграждении.

    # Реклама помечается

    Открыто говорите, что получаете вознаграждение с покупки, как требует закон вашей страны.

    # Изменения и окончание

    Новые версии условий видны в кабинете и действуют с момента, когда вы их приняли. Любая сторона может закончить партнёрство в любой момент. Заработанное до этого выплачивается, если условия не нарушены.
program-model-affiliate = Аффилиатская
program-model-affiliate-is = Много партнёров приводят покупателей и получают за результат.
program-model-referral = Рекомендации покупателей
program-model-referral-is = Покупатели советуют друзьям, награду получают оба.
program-model-strategic = Стратегическая
program-model-strategic-is = Несколько глубоких партнёрств с интеграцией или общими продажами.
program-model-community = Обмен с сообществами
program-model-community-is = Сообщества обмениваются аудиторией, чаще без денег.
program-model-creator = Авторы
program-model-creator-is = Авторы делают материалы за гонорар и долю.
program-model-ambassador = Амбассадоры
program-model-ambassador-is = Постоянные лица бренда с растущей наградой.
program-profile = Работа: { $work }. Постоянные расходы: { $cost }. Масштаб: { $scale }.
program-stage-early = Начало
program-stage-growth = Рост
program-stage-mature = Зрелость
program-grade-low = мало
program-grade-medium = средне
program-grade-high = много
program-status-draft = Черновик
program-status-active = Открыта
program-status-paused = На паузе
program-status-closed = Закрыта
program-do-open = Открыть программу
program-effect-open = Страница открывается, ссылки работают, продажи приносят доход.
program-do-pause = Приостановить программу
program-effect-pause = Новых заявок нет. Ссылки ведут на сайт, новые продажи не приносят дохода.
program-do-close = Закрыть программу
program-effect-close = Это окончательно. Ссылки ведут на запасную страницу. Заработанное выплачивается.
program-pays-percent = { $rate } с каждой продажи
program-pays-flat = { $sum } за продажу
program-pays-up-to = До { $rate } с каждой продажи
program-point-reward = У каждой комиссии виден расчёт.
program-point-payout = Выплата от { $sum }
program-point-friends = Ваши друзья экономят { $rate }
program-point-friends-text = Скидка есть в каждой ссылке.
program-none = Создайте первую программу
program-none-text = Программа говорит, сколько получают партнёры, на каких условиях и куда ведут их ссылки. Черновик уже с рабочими правилами и условиями.
program-objectives = Цели
program-public-page = Публичная страница
program-name = Название
program-website = Ваш сайт
program-website-hint = Туда ведут ссылки партнёров.
program-promise = Обещание
program-promise-hint = Одно предложение будущим партнёрам, например: 20 % за каждую команду, которую вы приведёте.
program-description = Описание
program-model = Модель
program-stage = Стадия бизнеса
program-explaining = До покупки продукт нужно объяснять
program-happy = У нас есть довольные покупатели, которые уже советуют нас
program-currency = Валюта комиссий
program-zone = Часовой пояс
program-zone-hint = Например, Europe/Moscow. В нём считаются дни и месяцы.
program-slug = Адрес
program-check-model = Какая модель подходит?
program-advice = Мы бы начали так: { $model }.
program-advice-complex = Продукт, который нужно объяснять, лучше продают два-три партнёра с интеграцией.
program-tab-overview = Обзор
program-tab-settings = Настройки
program-tab-rules = Вознаграждение
program-tab-credit = Атрибуция
program-tab-terms = Условия
program-ready = Готовность к партнёрам
program-ready-promise = Обещание написано
program-ready-website = Сайт указан
program-ready-rules = Вознаграждение опубликовано
program-ready-terms = Условия опубликованы
program-ready-link = У первого партнёра есть ссылка
program-ready-active = Программа открыта
program-mend = Сделать
program-no = Нет
program-yes = Да
program-hold-days = Сколько дней ждёт комиссия
program-hold-hint = Столько, сколько покупатель может вернуть покупку.
program-payout-minimum = Наименьшая выплата
program-hosts = Другие сайты, куда могут вести ссылки
program-hosts-hint = По одному в строке, например shop.example.com.
program-utm = Метки кампании
program-fallback = Запасная страница
program-fallback-hint = Куда ведут ссылки закрытой программы.
program-hue = Цвет, от 0 до 359
program-chroma = Насыщенность, от 0 до 200
program-auto-approve = Одобрять заявки без человека
program-refused-countries = Страны, где программа не работает
program-refused-hint = Двухбуквенные коды через запятую.
program-save = Сохранить
program-apply-to = Для кого
program-apply-events = Новые продажи с этого момента
program-apply-customers = Только новые покупатели
program-apply-all = Всё, что решается с этого момента
program-note = Почему
program-publish = Опубликовать
program-kind = Вид вознаграждения
program-kind-percent = Доля с каждой продажи
program-kind-flat = Сумма за продажу
program-kind-tiers = Ступени за месяц
program-kind-two = Обеим сторонам: партнёру и покупателю
program-example = Продажа на { $sale } приносит { $earned }.
program-rules-form = Сколько получают партнёры
program-rate = Доля
program-sum = Сумма
program-sum-hint = Для суммы за продажу.
program-count = Продаж до повышенной доли
program-count-hint = Для ступеней за месяц.
program-beyond = Доля после этого
program-referee = Скидка новому покупателю
program-months = Сколько месяцев покупатель приносит доход
program-months-hint = Пусто: пока покупает.
program-cap = Не больше за заказ
program-as-text = Править как текст
program-text = Правила в JSON
program-text-applies = Действует для новых продаж с этого момента.
program-credit-model = Кому засчитывается
program-credit-model-last = Последнему партнёру
program-credit-model-first = Первому партнёру
program-credit-model-linear = Всем поровну
program-credit-model-coupon = Сначала коду, потом последнему партнёру
program-credit-model-owner = Кто привёл покупателя, навсегда
program-window = Сколько дней засчитывается клик
program-terms-new = Новая версия
program-terms-text = Текст
program-terms-hint = Заголовки начинаются с #, пункты с дефиса. Партнёры принимают каждую версию.
program-terms-now = Действуют
program-version = Версия
program-version-note = Пояснение
program-versions = Версии
program-accepted = Приняли: { $n }
program-created = Черновик программы готов.
program-changed = Сохранено.
program-published = Опубликовано.
program-credit-first = Засчитывается первому партнёру, чьей ссылкой или кодом воспользовались за { $n ->
    [one] { $n } день
    [few] { $n } дня
    [many] { $n } дней
   *[other] { $n } дня
}.
program-credit-shared = Засчитывается всем партнёрам, чьими ссылками или кодами воспользовались за { $n ->
    [one] { $n } день
    [few] { $n } дня
    [many] { $n } дней
   *[other] { $n } дня
}.
program-credit-coupon = Сначала засчитывается код, иначе последняя ссылка за { $n ->
    [one] { $n } день
    [few] { $n } дня
    [many] { $n } дней
   *[other] { $n } дня
}.
program-credit-last = Засчитывается последнему партнёру, чьей ссылкой или кодом воспользовались за { $n ->
    [one] { $n } день
    [few] { $n } дня
    [many] { $n } дней
   *[other] { $n } дня
}.
program-point-window = Клик засчитывается { $n ->
    [one] { $n } день
    [few] { $n } дня
    [many] { $n } дней
   *[other] { $n } дня
}
program-point-hold = Комиссия ждёт { $n ->
    [one] { $n } день
    [few] { $n } дня
    [many] { $n } дней
   *[other] { $n } дня
} на случай возвратов, потом её выплачивают.
program-tab-form = Анкета
program-tab-funnel = Воронка
program-form-always = В каждой анкете есть имя, почта, сайт или канал и рассказ о том, как партнёр будет рекомендовать. Эти вопросы идут после них.
program-form-more = В конце всегда два пустых вопроса; сохраните, и появятся ещё. Вопрос без текста удаляется, а ответы остаются в заявках.
program-form-new = Новый вопрос
program-form-question = Вопрос { $n }
program-form-label = Вопрос
program-form-kind = Вид ответа
program-form-order = Место в анкете
program-form-required = Ответ обязателен
program-form-list = Варианты
program-form-list-hint = По одному в строке, для вопросов с вариантами.
program-form-text = Одна строка
program-form-long = Длинный текст
program-form-url = Веб-адрес
program-form-number = Число
program-form-choice = Один вариант
program-form-choices = Несколько вариантов
program-form-check = Согласие
program-funnel = От страницы до первой продажи
program-funnel-none = Пока никто не приходил
program-funnel-none-text = Поделитесь публичной страницей программы: визиты, заявки и первые продажи считаются здесь по источникам.
program-funnel-sources = По источникам
program-funnel-source = Источник
program-funnel-direct = Напрямую
program-funnel-visited = Визиты
program-funnel-started = Начали
program-funnel-submitted = Заявки
program-funnel-approved = Одобрено
program-funnel-clicked = Первый переход
program-funnel-sold = Первая продажа
program-funnel-all = За всё время
program-funnel-list = Заявки
program-funnel-text = Заявки за период и то, как далеко они продвинулись; те же заявки видны в списке. Приглашённые партнёры сюда не входят.
program-search = Искать по названию, обещанию или адресу
program-status = Статус
program-any-status = Любой статус
program-create = Создать программу
