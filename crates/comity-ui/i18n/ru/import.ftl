import-partners = Партнёры
import-links = Ссылки и коды
import-events = Прошлые события
import-running = Идёт
import-stopped = Остановлен
import-done = Готово
import-preview = Не начат
import-upload = Загрузка файла
import-upload-text = Выгрузки других систем распознаются. До предпросмотра ничего не записывается.
import-upload-do = Загрузить
import-kind = Что в строках
import-program = Программа
import-file = Файл
import-file-hint = CSV с заголовком, до 5 МБ, в любой обычной кодировке и с любым разделителем.
import-files = Файлы
import-state = Состояние
import-rows = Строки
import-failed = Не загружено
import-at = Загружен
import-none = Файлов пока нет
import-none-text = Начните с партнёров, затем ссылки и коды, затем прошлые события: каждый шаг опирается на предыдущий.
import-ready =
    { $ready ->
        [one] Можно загрузить { $ready } строку
        [few] Можно загрузить { $ready } строки
        [many] Можно загрузить { $ready } строк
       *[other] Можно загрузить { $ready } строки
    }{ $broken ->
        [0] .
       *[other] , нельзя: { $broken }.
    }
import-lacking = Ни один столбец не содержит «{ $field }». Выберите его ниже.
import-progress = Ход загрузки
import-of = { $done } из { $total }
import-failed-rows =
    { $n ->
        [one] { $n } строка не загружена. Скачайте её, исправьте и загрузите снова.
        [few] { $n } строки не загружены. Скачайте их, исправьте и загрузите снова.
        [many] { $n } строк не загружено. Скачайте их, исправьте и загрузите снова.
       *[other] { $n } строки не загружены. Скачайте их, исправьте и загрузите снова.
    }
import-start = Начать
import-stop = Остановить
import-go-on = Продолжить
import-look-again = Обновить
import-report = Скачать ошибки
import-no-column = —
import-columns = Столбцы
import-columns-text = Укажите, что в каком столбце. Сведения без столбца останутся пустыми.
import-columns-save = Обновить предпросмотр
import-first-rows = Первые строки
import-row = Строка
import-problem = Проблема
import-problems = Проблемы
import-started = Загрузка идёт.
import-stopped-now = Остановлено. Сделанное сохранено.
import-field-external-id = Номер в другой системе
import-field-email = Почта партнёра
import-field-name = Имя
import-field-first-name = Личное имя
import-field-last-name = Фамилия
import-field-company = Компания
import-field-country = Страна
import-field-website = Сайт
import-field-status = Статус
import-field-group = Группа
import-field-slug = Ссылка
import-field-destination = Куда ведёт
import-field-coupon = Код
import-field-partner-id = Номер партнёра в другой системе
import-field-created-at = Дата
import-field-kind = Вид события
import-field-order = Заказ
import-field-refers-to = Возвращённый заказ
import-field-customer-id = Номер покупателя
import-field-customer-email = Почта покупателя
import-field-amount = Сумма
import-field-amount-minor = Сумма в минимальных единицах
import-field-currency = Валюта
import-field-commission = Комиссия
import-field-commission-minor = Комиссия в минимальных единицах
