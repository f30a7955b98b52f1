segment-affiliate = Аффилиат
segment-affiliate-is = Приводит покупателей по ссылкам и кодам и получает деньги за результат. Часто аноним.
segment-affiliate-does = Соблюдает условия, называет площадку, отвечает на вопросы о трафике.
segment-creator = Автор
segment-creator-is = Делает материалы для своей аудитории. Обычно гонорар за работу и доля с продаж.
segment-creator-does = Сдаёт то, о чём договорились, помечает рекламу, делится результатами публикаций.
segment-ambassador = Амбассадор
segment-ambassador-is = Постоянное лицо бренда на месяцы и годы.
segment-ambassador-does = Пользуется продуктом, регулярно о нём рассказывает, честно сообщает о недостатках.
segment-strategic = Стратегический партнёр
segment-strategic-is = Компания, которая делает интеграцию, продаёт или планирует вместе с нами.
segment-strategic-does = Ведёт общий план и календарь, называет ответственного, каждый квартал разбирает итоги.
segment-community = Сообщество
segment-community-is = Люди с общим интересом, которые обмениваются с нами вниманием, чаще без денег.
segment-community-does = Ставит участников на первое место, рассказывает честно, выполняет свою часть обмена.
segment-customer = Покупатель
segment-customer-is = Пользуется продуктом и советует его друзьям.
segment-customer-does = Советует только то, что посоветовал бы и так.
segment-groups = Группы
segment-none = Групп пока нет
segment-none-text = Группы собирают партнёров по способу или результату, чтобы для них можно было сделать правила, награды и списки.
segment-types = Типы
segment-types-text = Кто это и чего от него ждут. У партнёра может быть несколько типов.
segment-new-type = Новый тип
segment-name = Название
segment-description = Для чего
segment-save = Сохранить
segment-delete = Удалить группу
segment-new = Новая группа
segment-program = Программа
segment-definition = Кто это
segment-expectations = Чего от него ждут
segment-changed = Сохранено.
segment-deleted = Группа удалена. Партнёры остались.
segment-delete-effect = { $n ->
    [one] { $n } партнёр выйдет из группы и останется в программе.
    [few] { $n } партнёра выйдут из группы и останутся в программе.
    [many] { $n } партнёров выйдут из группы и останутся в программе.
   *[other] { $n } партнёра выйдет из группы и останется в программе.
}
segment-group = Группа
segment-type = Тип
segment-partners = Партнёры
segment-see = Показать партнёров
segment-search = Искать по названию или цели
segment-any-program = Все программы
segment-no-types = Типов пока нет
segment-usual-affiliates = Аффилиаты
segment-usual-creators = Авторы
segment-usual-ambassadors = Амбассадоры
segment-usual-strategic = Стратегические партнёры
segment-edit = Изменить
segment-create = Создать группу
segment-create-type = Создать тип
