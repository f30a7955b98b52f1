settings-save = Сохранить
settings-brand-title = Бренд
settings-brand-name = Название организации
settings-brand-website = Сайт
settings-brand-hue = Оттенок
settings-brand-hue-hint = Градусы цветового круга, от 0 до 359.
settings-brand-chroma = Насыщенность
settings-brand-chroma-hint = 0 — серый, 200 — яркий. Контраст останется читаемым при любом выборе.
settings-brand-saved = Бренд сохранён
settings-domain-title = Адреса
settings-domain-base = Команда и портал
settings-domain-redirect = Ссылки
settings-domain-text = Эти адреса задаются при запуске Comity: ключом, переменной окружения или в comity.toml.
settings-domain-fixed = Задано при запуске
settings-key-title = Ключи API
settings-key-docs = Справочник API
settings-key-new = Новый ключ
settings-key-name = Для чего он?
settings-key-name-hint = Отдельный ключ для каждой системы: один можно отключить, не трогая остальные.
settings-key-expires = Действует
settings-key-never = Никогда
settings-key-days = { $n ->
    [one] { $n } день
    [few] { $n } дня
    [many] { $n } дней
   *[other] { $n } дня
}
settings-key-scopes = Что ему разрешено
settings-key-create = Создать ключ
settings-key-fresh = Скопируйте ключ сейчас: больше он показан не будет.
settings-key-secret = Ваш новый ключ
settings-key-used = Использован
settings-key-revoke = Отключить ключ
settings-key-ended = Отключён
settings-key-revoked = Ключ больше не действует
settings-key-empty = Ключей пока нет
settings-key-empty-text = С ключом ваш магазин или приложение записывает события и читает результаты.
settings-scope-read = Читать всё
settings-scope-events = Записывать события: лиды, продажи, возвраты
settings-scope-partners = Менять партнёров, заявки и ссылки
settings-scope-programs = Менять программы, правила и условия
settings-scope-money = Решать по комиссиям, готовить выплаты
settings-scope-integrations = Подключения, вебхуки и импорт
settings-mail-title = Письма
settings-mail-to = Кому
settings-mail-subject = Тема
settings-mail-status = Статус
settings-mail-at = Написано
settings-mail-sent = Отправлено
settings-mail-kept = Хранится
settings-mail-failed = Не отправлено
settings-mail-queued = Ожидает
settings-mail-unset = Почтовый сервер не задан. Письма остаются здесь: откройте письмо и передайте ссылку сами.
settings-mail-empty = Писем пока нет
settings-mail-empty-text = Здесь появятся приглашения, ссылки для входа и уведомления партнёрам.
settings-mail-link = Ссылка в письме
settings-mail-text = Текст
settings-mail-back = Все письма
