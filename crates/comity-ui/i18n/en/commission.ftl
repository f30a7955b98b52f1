commission-hold-refund-window = The customer can still send it back
commission-hold-payment-pending = The customer has not paid yet
commission-hold-delivery-pending = It has not been delivered yet
commission-hold-retention = It must first last for the agreed time
commission-hold-manual = The team is looking at it
commission-hold-fraud-review = An unusual pattern is being checked
commission-hold-traffic-review = The source of the traffic is being checked
commission-hold-dispute = The customer’s bank opened a dispute
commission-hold-appeal = An objection waits for an answer
commission-hold-payout-details-missing = Payout details are missing
commission-hold-tax-details-missing = Tax details are missing or have expired
commission-hold-identity-check = The identity check is not finished
commission-hold-cap = A limit is used up
commission-hold-cac-guard = It would cost more than a new customer may
commission-hold-terms-not-accepted = New terms have not been accepted
commission-hold-compliance = The terms seem to be broken
commission-hold-order-changed = The order was edited and is being recomputed
commission-hold-partner-suspended = The partner is suspended

commission-back-rejected = Declined
commission-back-customer-data-invalid = The customer’s data are invalid
commission-back-customer-error = The customer made a mistake
commission-back-customer-fraud = The customer committed fraud
commission-back-partner-fraud = The partner committed fraud
commission-back-self-referral = The partner bought from themselves
commission-back-item-returned = Goods were sent back
commission-back-item-out-of-stock = The product was out of stock
commission-back-refund = The order was refunded
commission-back-order-cancelled = The order was cancelled
commission-back-order-error = The order was entered wrongly
commission-back-order-edited = The order was edited; see the new commission
commission-back-rules-changed = Newer rules decide it; see the new commission
commission-back-payment-failed = The payment failed
commission-back-chargeback = The customer’s bank took the payment back
commission-back-partner-dispute = Settled after the partner’s objection
commission-back-brand-dispute = Settled after the brand’s objection
commission-back-terms-violation = The program’s terms were broken
commission-back-disclosure-missing = Advertising was not marked as such
commission-back-brand-bidding = The brand’s name was bid on in search
commission-back-marketplace-returned = The marketplace took the order back
commission-back-credited-elsewhere = Another partner or channel was credited
commission-back-coupon-of-another-channel = The code belongs to another channel
commission-back-duplicate = The same commission exists already
commission-back-tracking-error = Tracking recorded it by mistake
commission-back-partner-ineligible = The partner is not eligible
commission-back-customer-ineligible = The customer is not new, or is excluded
commission-back-lead-not-qualified = The lead does not meet the criteria
commission-back-cac-guard = The program had reached what it may spend on a new customer
commission-back-test = It was a test
commission-back-other = Another reason, see the note

commission-refused-not-a-person = made by a program, not by a person
commission-refused-prefetch = fetched ahead by the browser; nobody saw it
commission-refused-not-a-navigation = loaded as a picture or frame, not followed
commission-refused-duplicate = counted already
commission-refused-self-referral = the partner is the customer
commission-refused-enrollment-not-active = the partner was not an active member
commission-refused-program-paused = the program was paused or over
commission-refused-link-inactive = the link was switched off or had expired
commission-refused-coupon-inactive = the code was switched off or had expired
commission-refused-no-consent = the visitor had not agreed to be tracked
commission-refused-fraud = set aside in a risk review
commission-refused-kind-not-accepted = the program does not count this kind of contact
commission-refused-after-event = later than the event
commission-refused-outside-window = too long before the event
commission-refused-customer-owned = the customer belongs to the partner who came first
commission-refused-lower-precedence = a kind of contact that ranks higher took part
commission-refused-coupon-overrides = a code was used, and codes go before links
commission-refused-click-overrides = a link was followed, and links go before codes
commission-refused-not-last = not the last contact
commission-refused-not-first = not the first contact
commission-refused-not-in-split = no part in the agreed split
commission-refused-already-credited = credited in full for a link already
commission-refused-share-rounds-to-zero = the share is below 0.01%
commission-refused-follows-original = follows the decision on the original sale

commission-pending = Clearing
commission-held = Held
commission-approved = Approved
commission-paid = Paid
commission-rejected = Declined
commission-reversed = Reversed

commission-journal-earned = Earned
commission-journal-released = Became payable
commission-journal-held = Held again
commission-journal-rejected = Declined
commission-journal-reinstated = Declining undone
commission-journal-reversed = Taken back
commission-journal-restored = Given back
commission-journal-adjusted = Corrected by hand

commission-step-rule = Rule “{ $name }” applied
commission-step-result = Commission
commission-step-base = Computed on { $amount }
commission-step-base-of = net order { $net } × credit { $share }
commission-step-percent = { $rate } of { $of }
commission-step-flat = { $each } per event
commission-step-items = { $each } for each of { $n ->
    [one] { $n } piece
   *[other] { $n } pieces
}
commission-step-share = × credit { $share }
commission-step-tier = { $pay } on { $of } in this tier
commission-step-tier-of = { $measure } before: { $total }, { $period }
commission-step-lift = Earlier results are lifted to { $pay }
commission-step-lift-of = A new tier was reached and counts for the whole period.
commission-step-reached = { $measure } reached { $total }
commission-step-instalment = Instalment { $number } of { $of }
commission-step-recruit = { $rate } of the recruited partner’s { $of }
commission-step-perk = { $n } × { $unit }
commission-step-cap = Limit of { $limit } { $per }
commission-step-cap-used = { $used } used, { $period }
commission-step-cac-guard = Cut to what the program may spend on a new customer
commission-step-floor = Never below zero
commission-measure-count = number of events
commission-measure-revenue = revenue
commission-measure-commission = commissions
commission-measure-customers = new customers
commission-period-month = in the calendar month
commission-period-quarter = in the calendar quarter
commission-period-year = in the calendar year
commission-period-days = { $n ->
    [one] in the last day
   *[other] in the last { $n } days
}
commission-period-lifetime = since the beginning
commission-cap-order = per order
commission-cap-customer = per customer
commission-cap-partner = per partner
commission-cap-program = for the whole program
commission-passed-scope = is for other partners
commission-passed-event = is about other events
commission-passed-condition = does not hold: { $part }
commission-passed-stopped = an earlier rule ended the search
commission-passed-over = the customer’s paying time is over
commission-passed-not-reached = not enough { $measure } { $period }
commission-passed-nobody = there was nobody to give it to
commission-passed-instalment = the event is about another instalment

commission-title = Commissions
commission-all = All
commission-state = State
commission-search = Search partner or order
commission-program = Program
commission-all-programs = All programs
commission-partner = Partner
commission-order = Order
commission-basis = Computed on
commission-amount = Amount
commission-date = Date
commission-customer = Customer
commission-none = No commissions
commission-none-text = Each sale that a partner brings earns one. It shows here seconds after the event arrived.
commission-none-found = Nothing fits this filter.
commission-approve-all = Approve
commission-why = Why this amount
commission-why-manual = This one was booked by hand, not computed by a rule.
commission-passed = { $n ->
    [one] { $n } rule did not apply
   *[other] { $n } rules did not apply
}
commission-credit = Why this partner
commission-trace = Whole trace
commission-credit-model = Decided by: { $model }, window of { $days ->
    [one] { $days } day
   *[other] { $days } days
}
commission-credit-share = { $share } of the event
commission-credit-others = { $n ->
    [0] No other contact took part.
    [one] { $n } other contact took part.
   *[other] { $n } other contacts took part.
}
commission-booked = What was booked
commission-entry = Entry
commission-account = Account
commission-accrued = Earned at first
commission-rules = Rules
commission-version = Version { $n }
commission-clears = Refund period ends
commission-reason = Reason
commission-payout = Payout
commission-see-payout = See the payout
commission-decide = Decide
commission-approve = Approve { $amount } now
commission-release = Release: { $reason }
commission-reinstate = Undo the declining
commission-hold = Hold
commission-hold-do = Hold
commission-reject = Decline
commission-reject-do = Decline { $amount }
commission-text = Message
commission-text-hint = The partner reads it beside the reason.
commission-done-approve = Approved
commission-done-hold = Held
commission-done-release = Released
commission-done-reject = Declined
commission-done-reinstate = Restored
commission-bulk-done = { $n ->
    [one] { $n } commission approved
   *[other] { $n } commissions approved
}
commission-bulk-partly = { $n ->
    [one] { $n } commission approved; { $refused } could not be: they are held, paid or decided already.
   *[other] { $n } commissions approved; { $refused } could not be: they are held, paid or decided already.
}
commission-bulk-none = Choose commissions first.
commission-wrong-state = That is no longer possible: the commission changed meanwhile.

commission-model-last = last contact
commission-model-first = first contact
commission-model-linear = all contacts equally
commission-model-decay = recent contacts weigh more
commission-model-position = first and last contact weigh most
commission-model-coupon = code before links
commission-model-owner = who brought the customer first
commission-model-split = agreed split
commission-touch-manual = Credited by the team
commission-touch-deal = Registered deal
commission-touch-exclusive = The partner’s own code
commission-touch-named = The customer named the partner
commission-touch-email = Introduced by e-mail address
commission-touch-coupon = Promo code
commission-touch-click = Click on a link
commission-touch-qr = Scan of a QR code
commission-touch-view = View
commission-account-pending = Partner, clearing
commission-account-available = Partner, payable
commission-account-in-flight = Partner, on its way
commission-account-reserve = Partner, reserve
commission-account-paid = Partner, paid
commission-account-expense = Cost of the program
commission-account-write-off = Written off
commission-account-fees = Fees
commission-account-tax = Tax withheld
commission-account-fx = Exchange difference
commission-account-bank = Bank
