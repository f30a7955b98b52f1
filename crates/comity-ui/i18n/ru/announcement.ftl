announcement-title = Объявления
announcement-new = Написать объявление
announcement-terms = Новые условия
announcement-everybody = Всем партнёрам
announcement-state = Состояние
announcement-state-draft = Черновик
announcement-state-sending = Отправляется
announcement-state-stopped = Остановлено
announcement-state-done = Отправлено
announcement-all = Все
announcement-search = Искать в теме и тексте
announcement-program = Программа
announcement-all-programs = Все программы
announcement-subject = Тема
announcement-to = Кому
announcement-sent = Письма
announcement-of = { $n } из { $of }
announcement-at = Когда
announcement-author = Автор
announcement-none = Объявлений пока нет
announcement-none-text = Напишите всем партнёрам программы сразу: предложение, дату, перемену. Они получат письмо и найдут объявление в кабинете.
announcement-none-found = Таких объявлений нет
announcement-none-found-text = Под этот фильтр ничего не подходит.
announcement-body = Текст
announcement-body-hint = Коротко и просто. Пустая строка начинает новый абзац; слова одинаковы для всех, поэтому без имён.
announcement-preview = Сохранить и посмотреть
announcement-edit = Изменить
announcement-what = Что получат партнёры
announcement-no-mail = Почтовый сервер не настроен: объявление появится в кабинете, писем не будет.
announcement-left-out = { $n ->
    [one] { $n } партнёр отказался от таких писем и найдёт объявление в кабинете.
    [few] { $n } партнёра отказались от таких писем и найдут объявление в кабинете.
    [many] { $n } партнёров отказались от таких писем и найдут объявление в кабинете.
   *[other] { $n } партнёра отказались от таких писем и найдут объявление в кабинете.
}
announcement-send = Отправить сейчас
announcement-send-text = { $n ->
    [one] Получит { $n } одобренный партнёр. Отправленное письмо не вернуть.
    [few] Получат { $n } одобренных партнёра. Отправленные письма не вернуть.
    [many] Получат { $n } одобренных партнёров. Отправленные письма не вернуть.
   *[other] Получат { $n } одобренного партнёра. Отправленные письма не вернуть.
}
announcement-delete = Удалить черновик
announcement-stop = Остановить отправку
announcement-stop-text = Кто ещё не получил, тот не получит. Продолжить можно позже.
announcement-go-on = Продолжить отправку
announcement-go-on-text = Письма получат те, кто ещё не получил.
announcement-saved = Черновик сохранён
announcement-sending = Объявление отправляется
announcement-stopped = Отправка остановлена
announcement-deleted = Черновик удалён
announcement-over = Это уже невозможно: тем временем объявление отправлено или остановлено.
