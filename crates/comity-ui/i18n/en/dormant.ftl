dormant-title = Dormant partners
dormant-reminder = Reminder
dormant-program = Program
dormant-days = Days without a sale
dormant-days-hint = After so many days partners who sold before get one mail with their link and the bonus of your rules, if there is one; they can end such mails. 7 to 730, 0 for never.
dormant-save = Save
dormant-saved = The reminder is set
dormant-search = Search partners
dormant-partner = Partner
dormant-last = Last sale
dormant-reminded = Reminded
dormant-none = Nobody sleeps
dormant-none-text = { $n ->
    [one] Partners who sold before and not within { $n } day appear here.
   *[other] Partners who sold before and not within { $n } days appear here.
}
dormant-none-found = Nobody fits this search.
