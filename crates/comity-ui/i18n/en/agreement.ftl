agreement-title = { $n ->
    [0] Agreements
    [one] Agreements: { $n }
   *[other] Agreements: { $n }
}
agreement-none = No agreement. Rules can be made for the partner of one agreement.
agreement-valid = valid now
agreement-days = { $first } to { $last }
agreement-since = since { $first }
agreement-new = New agreement
agreement-card = Agreement in { $program }
agreement-text = Rules whose scope is this agreement apply to the partner while it is valid. Two agreements cannot be valid at once.
agreement-name = Name
agreement-starts = First day
agreement-ends = Last day
agreement-ends-hint = Empty: without end.
agreement-note = What was agreed
agreement-note-hint = Only the team reads it.
agreement-save = Save
agreement-saved = The agreement is saved.
agreement-by = Written down by
agreement-at = On
