audit-title = Audit log
audit-search = Action, object or actor
audit-export = Export CSV
audit-verify = Verify the chain
audit-whole = { $n ->
    [one] { $n } line, exactly as it was written.
   *[other] { $n } lines, exactly as they were written.
}
audit-broken = The chain breaks at line { $n }: it was changed or is missing.
audit-line = Line
audit-at = When
audit-actor = Who
audit-action = What
audit-object = Object
audit-detail = Detail
audit-empty = No lines
audit-empty-text = Every change of money, terms and access leaves a line here.
