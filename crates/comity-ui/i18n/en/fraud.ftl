fraud-title = Risk
fraud-policy = What signals do
fraud-export = Export CSV
fraud-files = Evidence of the partner
fraud-file-size = { $n } kB
fraud-state = State
fraud-tab-undecided = To decide
fraud-tab-overdue = Overdue
fraud-tab-appeal = Appeals
fraud-tab-waiting = With the partner
fraud-tab-released = Released
fraud-tab-rejected = Declined
fraud-tab-all = All
fraud-state-open = To decide
fraud-state-waiting = With the partner
fraud-state-released = Released
fraud-state-rejected = Declined
fraud-appeal-open = Appeal
fraud-overdue = Overdue
fraud-search = Search partner or order
fraud-signal = Signal
fraud-all-signals = All signals
fraud-assignee = Looked after by
fraud-everybodys = Everybody’s
fraud-mine = Mine
fraud-program = Program
fraud-all-programs = All programs
fraud-partner = Partner
fraud-seen = What was seen
fraud-amount = Commission
fraud-due = Answer due
fraud-age = Opened
fraud-no-signals = No signals
fraud-none = Nothing to decide
fraud-none-text = Every conversion is checked by { $n } signals. Whatever they hold waits here for a person; nothing is released by time alone.
fraud-none-found = No such cases
fraud-none-found-text = Nothing fits this filter.
fraud-release = Release
fraud-reject = Decline
fraud-take = Assign to me
fraud-leave = Hand back
fraud-bulk-done = { $n ->
    [one] { $n } case done
   *[other] { $n } cases done
}
fraud-bulk-partly = { $n ->
    [one] { $n } case done; { $refused } could not be: they are decided, in a payout or paid.
   *[other] { $n } cases done; { $refused } could not be: they are decided, in a payout or paid.
}
fraud-bulk-none = Choose cases first.

fraud-evidence = Evidence
fraud-what-was-seen = What was seen
fraud-led-to = Leads to
fraud-weight = Weight
fraud-score = Score
fraud-by-score = Weak signals hold together from { $limit } on
fraud-on-trial = on trial; would have: { $action }
fraud-saw-nothing = No signal was seen. A person or the partner opened this case.
fraud-history = What happened
fraud-team-only = for the team only
fraud-appeal-says = The partner appeals:
fraud-record = Cases before
fraud-record-of = { $n ->
    [0] none decided
    [one] { $n } decided, { $rejected } of them declined
   *[other] { $n } decided, { $rejected } of them declined
}
fraud-commission = Commission
fraud-basis = Order value
fraud-order = Order
fraud-customer = Customer
fraud-opened = Opened
fraud-why = Opened by
fraud-origin-signals = signals at the conversion
fraud-origin-manual = a person of the team
fraud-origin-appeal = the partner’s appeal
fraud-message = Message to the partner
fraud-message-hint = The partner reads it beside the reason.
fraud-mute = Keep these signals quiet for this partner for 90 days
fraud-mute-hint = They are still noted, without weight.
fraud-release-do = Release { $amount }
fraud-reason = Reason
fraud-reject-do = Decline { $amount }
fraud-ask = Ask the partner
fraud-ask-label = Question
fraud-ask-hint = Sent by mail and shown in the portal. The case waits for the answer.
fraud-ask-do = Ask
fraud-note = Note
fraud-note-label = Note
fraud-note-hint = Only the team reads it.
fraud-note-do = Keep note
fraud-reopen = Take the decision back
fraud-reopen-text = The commission is held again and the case waits for a decision. The books get the opposite entry.
fraud-reopen-do = Re-open
fraud-done-release = Released
fraud-done-reject = Declined
fraud-done-reopen = Re-opened
fraud-done-ask = Asked
fraud-done-note = Noted
fraud-done-take = Assigned to you
fraud-done-leave = Handed back
fraud-wrong-state = That is no longer possible: the case changed meanwhile.
fraud-in-payout = The commission is in a payout or paid. Decline it with a refund of the order, or wait until the payout ends.

fraud-did-opened = held for review
fraud-did-asked = asked the partner
fraud-did-answered = answered
fraud-did-appealed = appealed
fraud-did-released = released it
fraud-did-rejected = declined it
fraud-did-reopened = re-opened the case
fraud-did-assigned = changed who looks after it
fraud-did-overdue = the time for an answer ended
fraud-did-note = noted

fraud-action-observe = Observe
fraud-action-hold = Hold
fraud-action-reject = Decline

fraud-policy-signals = Signals
fraud-policy-text = Facts may decline. Statistics and everyday hints may only hold. What is declined can be appealed and undone.
fraud-cannot-reject = May hold, never decline.
fraud-leads-to = Leads to
fraud-trial-until = Only watch until { $date }
fraud-policy-limits = Limits
fraud-limit-service = Hours to answer a case
fraud-limit-score = Weak signals hold from a score of
fraud-limit-fastest = Too fast below, milliseconds
fraud-limit-network-hours = Sign-ins compared, hours
fraud-limit-customers = Customers from one address a day
fraud-limit-velocity = Burst from, conversions a day
fraud-limit-mad = Burst over the median, deviations
fraud-limit-clicks = Clicks compared from
fraud-limit-refund-sales = Refunds compared from, sales
fraud-limit-refund-times = Refunds over the usual, times
fraud-limit-ceiling = Largest order without a person
fraud-policy-lists = Words and places
fraud-brand-words = Brand words
fraud-brand-words-hint = One per line. A paid click that searched for one is held.
fraud-campaigns = Allowed campaigns
fraud-campaigns-hint = One per line: campaign names or ids that partners may buy clicks with.
fraud-referrers = Banned referrers
fraud-referrers-hint = One per line: host and path, * for any text.
fraud-period = Look back
fraud-last-days = { $n ->
    [one] Last day
   *[other] Last { $n } days
}
fraud-preview = Show what it would have done
fraud-save = Save
fraud-saved = Saved as version { $n }. It decides from now on.
fraud-report = What these settings would have done
fraud-report-of = { $n ->
    [one] { $n } conversion of the last { $days } days, looked at again.
   *[other] { $n } conversions of the last { $days } days, looked at again.
}
fraud-report-trial = Trials count as over, muted signals as loud. Nothing was changed.
fraud-report-cut = There were more; these are the newest.
fraud-outcome = Outcome
fraud-outcome-now = Present policy
fraud-outcome-then = These settings
fraud-outcome-held = Held
fraud-outcome-rejected = Declined
fraud-by-signal = By signal
fraud-times-seen = Seen
fraud-would-stop = Would stop alone
fraud-commissions = { $n ->
    [one] { $n } commission
   *[other] { $n } commissions
}
fraud-partners = { $n ->
    [one] { $n } partner
   *[other] { $n } partners
}

fraud-signal-self-referral-email = Own purchase by address
fraud-signal-same-company = Same company
fraud-signal-same-payment = Paid with the payout account
fraud-signal-same-address = Same postal address
fraud-signal-same-browser = Partner’s own browser
fraud-signal-shared-network = Shared network
fraud-signal-repeat-network = Many from one network
fraud-signal-disposable-email = Throw-away mailbox
fraud-signal-paid-click = Bought click
fraud-signal-brand-bidding = Brand bidding
fraud-signal-banned-referrer = Banned referrer
fraud-signal-data-center = Data centre
fraud-signal-too-fast = Too fast
fraud-signal-last-second = Last-second click
fraud-signal-country-mismatch = Two countries
fraud-signal-unknown-order = Unknown order
fraud-signal-over-ceiling = Large order
fraud-signal-duplicate-payout = Shared payout account
fraud-signal-velocity = Burst
fraud-signal-empty-clicks = Empty clicks
fraud-signal-refund-rate = Many refunds
fraud-signal-duplicate-customer = Customer known already
fraud-signal-coupon-leak = Leaked code

fraud-looks-self-referral-email = The customer has the partner’s mailbox, in whatever spelling.
fraud-looks-same-company = Customer and partner have addresses at one company.
fraud-looks-same-payment = The order was paid with the account the partner is paid out to.
fraud-looks-same-address = Customer and partner have one postal address.
fraud-looks-same-browser = The order came from a browser in which the partner bought before.
fraud-looks-shared-network = The partner signed in from the customer’s address with the same browser.
fraud-looks-repeat-network = Several customers came from one address within a day.
fraud-looks-disposable-email = The customer’s mailbox belongs to a throw-away service.
fraud-looks-paid-click = The click carries the mark of an advertising network.
fraud-looks-brand-bidding = A bought click searched for the brand’s own name.
fraud-looks-banned-referrer = The click came from a place the program forbids.
fraud-looks-data-center = The click came from a data centre, where people do not shop.
fraud-looks-too-fast = The conversion followed the click faster than a person can act.
fraud-looks-last-second = The click came when the cart was already filled.
fraud-looks-country-mismatch = Click and billing are in different countries.
fraud-looks-unknown-order = The shop was asked and does not know the order.
fraud-looks-over-ceiling = The order is larger than what goes through without a person.
fraud-looks-duplicate-payout = Other partners are paid out to the same account.
fraud-looks-velocity = Far more conversions than usual, from few addresses.
fraud-looks-empty-clicks = Very many clicks and nearly no sales.
fraud-looks-refund-rate = Far more refunds than in the rest of the program.
fraud-looks-duplicate-customer = The order counts as a new customer’s, but the mailbox ordered before.
fraud-looks-coupon-leak = The code was credited right after another partner’s link was followed.

fraud-saw-self-referral-exact = The customer’s mail address is the partner’s.
fraud-saw-self-referral-spelling = The customer’s mail address is the partner’s mailbox in another spelling.
fraud-saw-same-company = Both have addresses at { $domain }.
fraud-saw-same-payment = The paying account is the one the partner is paid out to.
fraud-saw-same-address = The postal addresses are the same.
fraud-saw-same-browser = The partner bought with this browser before.
fraud-saw-shared-network = { $n ->
    [0] The partner was signed in at the customer’s address with the same browser in the same minute.
    [one] The partner was signed in at the customer’s address with the same browser, { $n } minute apart.
   *[other] The partner was signed in at the customer’s address with the same browser, { $n } minutes apart.
}
fraud-saw-repeat-network = { $n ->
    [one] { $n } customer from this address within a day; noted from { $limit }.
   *[other] { $n } customers from this address within a day; noted from { $limit }.
}
fraud-saw-disposable-email = The mailbox is at { $domain }, a throw-away service.
fraud-saw-paid-click = The address carries { $parameter }, so the click was bought.
fraud-saw-paid-campaign = The address carries { $parameter }, so the click was bought: campaign “{ $campaign }” is not allowed.
fraud-saw-brand-bidding = A bought click ({ $parameter }) with “{ $word }” in its search term.
fraud-saw-banned-referrer = The referrer matches “{ $pattern }”.
fraud-saw-data-center = The click’s address belongs to a data centre.
fraud-saw-too-fast = { $seconds } s after the click; a person needs at least { $limit } s.
fraud-saw-last-second = { $n ->
    [one] The click came { $n } minute after the cart was begun.
   *[other] The click came { $n } minutes after the cart was begun.
}
fraud-saw-country-mismatch = Click from { $click }, billing in { $billing }.
fraud-saw-unknown-order = The shop does not know this order.
fraud-saw-over-ceiling = Order of { $amount }; up to { $limit } goes through without a person.
fraud-saw-duplicate-payout = { $n ->
    [one] { $n } other partner is paid out to the same account.
   *[other] { $n } other partners are paid out to the same account.
}
fraud-saw-velocity = { $n ->
    [one] { $n } conversion within a day from { $networks } addresses; usual are { $usual } a day.
   *[other] { $n } conversions within a day from { $networks } addresses; usual are { $usual } a day.
}
fraud-saw-empty-clicks = { $clicks } clicks in 30 days brought { $sales } sales; the program’s rate predicts { $expected }.
fraud-saw-refund-rate = { $refunds } of { $sales } sales in 90 days were taken back; usual in the program are { $usual }.
fraud-saw-duplicate-customer = { $n ->
    [one] The mailbox placed { $n } order before under another account.
   *[other] The mailbox placed { $n } orders before under another account.
}
fraud-saw-coupon-leak = { $n ->
    [0] Another partner’s link was followed in the same minute.
    [one] Another partner’s link was followed { $n } minute before.
   *[other] Another partner’s link was followed { $n } minutes before.
}
fraud-see-case = See the case
