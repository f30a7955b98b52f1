# Рамка всех страниц и слова, общие для компонентов.

shell-skip = Перейти к содержанию
shell-menu = Меню
shell-close = Закрыть
shell-cancel = Отмена
shell-undo = Отменить
shell-copy = Копировать
shell-copied = Скопировано
shell-done = готово
shell-up = рост
shell-down = снижение
shell-actions = Действия
shell-date = Дата
shell-dialog = Окно
shell-optional = необязательно
shell-leave-empty = Оставьте это поле пустым
shell-form-errors = { $n ->
    [one] Нужно поправить { $n } поле. Ничего не сохранено.
    [few] Нужно поправить { $n } поля. Ничего не сохранено.
    [many] Нужно поправить { $n } полей. Ничего не сохранено.
   *[other] Нужно поправить { $n } поля. Ничего не сохранено.
}
shell-drop-file = Перетащите файл сюда или выберите его.
shell-filter-apply = Показать
shell-formula = Как считается: { $name }
shell-breadcrumb = Вы здесь
shell-pages = Страницы списка
shell-shown = { $n ->
    [one] Показана { $n } строка
    [few] Показаны { $n } строки
    [many] Показано { $n } строк
   *[other] Показано { $n } строки
}
shell-first-page = В начало
shell-next-page = Дальше
shell-select-row = Выбрать: { $name }
shell-select-all = Выбрать все строки
shell-selected = Выбрано:
shell-as-table = Показать таблицей

shell-nav-main = Основное
shell-nav-overview = Обзор
shell-nav-payouts = Выплаты
shell-nav-partners = Партнёры
shell-nav-all-partners = Все партнёры
shell-nav-applications = Заявки
shell-nav-announcements = Объявления
shell-nav-groups = Группы и типы
shell-nav-links = Ссылки
shell-nav-results = Результаты
shell-nav-customers = Клиенты
shell-nav-events = События и разбор
shell-nav-rewards = Награды
shell-nav-commissions = Комиссии
shell-nav-program = Программа
shell-nav-programs = Программы и цели
shell-nav-settings = Настройки
shell-new-program = Новая программа

shell-set-brand = Бренд
shell-set-domains = Домены
shell-set-tracking = Отслеживание
shell-set-team = Команда
shell-set-payouts = Выплаты
shell-set-rates = Курсы валют
shell-set-keys = Ключи API
shell-set-webhooks = Вебхуки
shell-set-connections = Подключения
shell-set-import = Импорт
shell-set-outbox = Исходящие
shell-set-audit = Журнал действий

shell-tab-home = Главная
shell-tab-links = Ссылки
shell-tab-earnings = Доход
shell-tab-payouts = Выплаты
shell-tab-profile = Профиль

shell-search = Поиск
shell-search-hint = Найти или перейти…
shell-pages-list = Страницы
shell-records-list = Записи
shell-keys = Горячие клавиши
shell-key-palette = Искать везде
shell-key-search = Искать на странице
shell-key-rows = Следующая и предыдущая строка
shell-key-create = Создать

shell-account = Учётная запись
shell-security = Безопасность
shell-profile = Профиль
shell-terms = Условия
shell-sign-out = Выйти
shell-partner-sign-in = Вход для партнёров
shell-program-of = Партнёрская программа { $brand }
shell-theme = Оформление
shell-theme-system = Как на устройстве
shell-theme-light = Светлое
shell-theme-dark = Тёмное
shell-language = Язык
shell-demo-title = Демоданные.
shell-demo-text = Программа заполнена примерами, чтобы вы могли осмотреться.
shell-viewing-as = { $user } смотрит кабинет от имени партнёра { $partner }. Это записано в журнал.
shell-viewing-stop = Выйти

shell-now = сейчас
shell-minutes = { $n } мин
shell-hours = { $n } ч
shell-days = { $n } дн.
shell-months = январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
shell-months-of = января февраля марта апреля мая июня июля августа сентября октября ноября декабря
shell-unit-thousand = { "\u00a0" }тыс.
shell-unit-million = { "\u00a0" }млн
shell-unit-billion = { "\u00a0" }млрд

shell-nav-inquiries = Вопросы
shell-export = Выгрузить
shell-found-none = Ничего не найдено
shell-found-hint = Имена, адреса, заказы, ссылки, коды и идентификаторы. Достаточно части слова.
shell-found-name = Название
shell-found-kind = Что это
shell-found-action = Действие
shell-found-partners = Партнёр
shell-found-applications = Заявка
shell-found-customers = Клиент
shell-found-events = Событие
shell-found-commissions = Комиссия
shell-found-links = Ссылка
shell-found-coupons = Промокод
shell-found-programs = Программа
shell-found-payouts = Выплата
shell-found-inquiries = Вопрос
shell-act-partner = Добавить партнёра
shell-act-link = Создать ссылку
shell-act-coupon = Создать промокод
shell-act-program = Создать программу
shell-act-trace = Разобрать заказ
shell-zone = Время указано по часовому поясу { $zone }.
shell-list-search = Искать в списке
shell-list-none = Ничего не подошло
shell-list-none-text = Попробуйте меньше букв или другой отбор.
shell-nav-risk = Риски
shell-late = Данные полные на { $time } ({ $ago }). Клики и события после этого времени записаны и скоро добавятся, ничего не потеряно.
shell-unrecorded = С { $time } не удалось сохранить { $count ->
    [one] { $count } клик
    [few] { $count } клика
    [many] { $count } кликов
   *[other] { $count } клика
}: диск переполнен, неисправен или слишком медленный. Посетители попали на нужную страницу. Проверьте диск сервера ссылок.
