audit-title = Журнал аудита
audit-search = Действие, объект или автор
audit-export = Выгрузить CSV
audit-verify = Проверить цепочку
audit-whole = { $n ->
    [one] { $n } запись, точно как была внесена.
    [few] { $n } записи, точно как были внесены.
    [many] { $n } записей, точно как были внесены.
   *[other] { $n } записи, точно как были внесены.
}
audit-broken = Цепочка рвётся на записи { $n }: она изменена или отсутствует.
audit-line = Запись
audit-at = Когда
audit-actor = Кто
audit-action = Что
audit-object = Объект
audit-detail = Подробности
audit-empty = Записей нет
audit-empty-text = Каждое изменение денег, условий и доступа оставляет здесь запись.
