agreement-title = { $n ->
    [0] Соглашения
    [one] Соглашения: { $n }
    [few] Соглашения: { $n }
    [many] Соглашения: { $n }
   *[other] Соглашения: { $n }
}
agreement-none = Соглашений нет. Правила можно сделать для партнёра одного соглашения.
agreement-valid = действует
agreement-days = с { $first } по { $last }
agreement-since = с { $first }
agreement-new = Новое соглашение
agreement-card = Соглашение в программе { $program }
agreement-text = Правила этого соглашения действуют для партнёра, пока оно в силе. Два соглашения одновременно действовать не могут.
agreement-name = Название
agreement-starts = Первый день
agreement-ends = Последний день
agreement-ends-hint = Пусто: без срока.
agreement-note = О чём договорились
agreement-note-hint = Видит только команда.
agreement-save = Сохранить
agreement-saved = Соглашение сохранено.
agreement-by = Кто записал
agreement-at = Когда
