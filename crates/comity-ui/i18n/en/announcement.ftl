announcement-title = Announcements
announcement-new = Write an announcement
announcement-terms = New terms
announcement-everybody = All partners
announcement-state = State
announcement-state-draft = Draft
announcement-state-sending = Being sent
announcement-state-stopped = Stopped
announcement-state-done = Sent
announcement-all = All
announcement-search = Search subject or text
announcement-program = Program
announcement-all-programs = All programs
announcement-subject = Subject
announcement-to = To
announcement-sent = Mails
announcement-of = { $n } of { $of }
announcement-at = When
announcement-author = Written by
announcement-none = Nothing announced yet
announcement-none-text = Write to all partners of a program at once: an offer, a date, a change. They get a mail and find it in their portal.
announcement-none-found = No such announcements
announcement-none-found-text = Nothing fits this filter.
announcement-body = Text
announcement-body-hint = Short and plain. An empty line begins a new paragraph; everybody gets the same words, so name nobody.
announcement-preview = Save and preview
announcement-edit = Edit
announcement-what = What partners get
announcement-no-mail = No mail server is set up: the announcement appears in the portal, and no mails are sent.
announcement-left-out = { $n ->
    [one] { $n } partner does without such mails and finds it in the portal.
   *[other] { $n } partners do without such mails and find it in the portal.
}
announcement-send = Send now
announcement-send-text = { $n ->
    [one] It goes to { $n } approved partner. A mail that left cannot be taken back.
   *[other] It goes to { $n } approved partners. Mails that left cannot be taken back.
}
announcement-delete = Discard the draft
announcement-stop = Stop sending
announcement-stop-text = Whoever has not got it yet does not get it. You can go on later.
announcement-go-on = Go on sending
announcement-go-on-text = Going on reaches those who have not got it yet.
announcement-saved = The draft is kept
announcement-sending = The announcement is on its way
announcement-stopped = Sending was stopped
announcement-deleted = The draft is gone
announcement-over = That is no longer possible: it was sent or stopped meanwhile.
