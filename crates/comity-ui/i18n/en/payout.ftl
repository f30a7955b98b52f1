payout-title = Payouts
payout-export = Export CSV
payout-program = Program
payout-partner = Partner
payout-rail = By
payout-amount = Amount
payout-due = Due now
payout-nobody = Nobody is due now
payout-nobody-text = Commissions are payable when their refund period has ended and the minimum is reached.
payout-plan-all = Plan { $amount } for { $n ->
    [one] { $n } partner
   *[other] { $n } partners
}
payout-plan-chosen = Plan the chosen
payout-planned = Planned. Check it, then approve.
payout-not-now = Not in this run
payout-why-not = Why not
payout-available = Has
payout-runs = Runs
payout-run = Run
payout-no-runs = No payouts were made yet.
payout-status = State
payout-payments = Payments
payout-account = To
payout-planned-on = Planned
payout-approved-on = Approved
payout-sent-on = Sent
payout-settled-on = Settled
payout-file = Download file
payout-approve = Approve
payout-approve-text = Approving fixes amounts and accounts, writes the payment file and sets the money aside. It cannot be changed afterwards, only cancelled before it is sent.
payout-approve-do = Approve { $amount } for { $n ->
    [one] { $n } payment
   *[other] { $n } payments
}
payout-approve-done = Approved. The file is ready.
payout-four-eyes = The total is above the limit for one person: somebody else than the one who planned it must approve.
payout-needs-approver = An owner or somebody of finance approves it.
payout-cancel = Cancel the run
payout-cancel-text = Nothing was sent. Balances become as before.
payout-cancel-do = Cancel { $n ->
    [one] { $n } payment
   *[other] { $n } payments
}
payout-cancel-done = Cancelled. Balances are as before.
payout-send = Send
payout-send-text = Give the file to your bank or provider, or pay by hand. Then note it here; the partners are told.
payout-send-do = It was sent
payout-send-done = Noted. The partners see it on its way.
payout-settle = What arrived
payout-settle-text = Upload the bank’s report, or say it yourself. What failed goes back to the partner’s balance.
payout-settle-do = All { $n } arrived
payout-settle-done = Settled
payout-report = Report of the bank
payout-report-hint = camt or CSV. A line that does not fit refuses the whole file, and nothing changes.
payout-report-do = Reconcile
payout-report-done = Arrived: { $paid }. Failed: { $failed }. Known before: { $known }. Not in the report: { $missing }.
payout-report-refused = The report was refused, nothing changed. Place: { $place }.
payout-report-empty = Choose a file first.
payout-arrived = Arrived
payout-failed = Failed
payout-failed-by-hand = Noted by the team
payout-conflict = That is no longer possible: the run changed meanwhile.
payout-conflict-second = Somebody else than the one who planned it must approve.
payout-conflict-balance = A balance became smaller since it was planned. Cancel the run and plan it again.
payout-conflict-nothing = Nobody is due now.
payout-no-payer = The account that pays is missing or incomplete. Set it first.
payout-set-payer = Set the account

payout-rail-sepa = Bank (SEPA)
payout-rail-ach = Bank (US)
payout-rail-paypal = PayPal
payout-rail-wise = Wise
payout-rail-stripe = Stripe
payout-rail-credit = Store credit
payout-rail-manual = By hand
payout-batch-planned = Waits for approval
payout-batch-approved = Approved
payout-batch-sent = On its way
payout-batch-settled = Settled
payout-batch-cancelled = Cancelled
payout-state-planned = Planned
payout-state-approved = Approved
payout-state-sent = On its way
payout-state-unknown = Unknown
payout-state-paid = Arrived
payout-state-failed = Failed
payout-state-returned = Came back
payout-state-cancelled = Cancelled
payout-skip-stopped = Payouts are stopped
payout-skip-not-selected = Not chosen
payout-skip-live = A payout is under way already
payout-skip-held = Held: { $reason }
payout-skip-tax = Tax details are missing
payout-skip-negative = The balance is below zero; new earnings pay it back first
payout-skip-nothing = Nothing is available
payout-skip-minimum = Below the smallest payout
payout-skip-method = No payout details yet
payout-skip-cooling = New payout details rest until { $date }
payout-skip-currency = The payout details do not fit the currency
payout-skip-deductions = Tax and fees leave nothing
payout-skip-partner-cap = More than one partner may get in a run
payout-skip-run-cap = The run’s limit is used up
payout-skip-range = The amounts cannot be added

payout-payer = The account that pays
payout-payer-text = Bank files pay from this account. Comity never moves money itself: you give the file to your bank.
payout-payer-name = Name on the account
payout-payer-name-hint = The organisation’s name when left empty.
payout-payer-iban = IBAN
payout-payer-bic = BIC
payout-payer-save = Save
payout-payer-saved = Saved
payout-payer-forbidden = An owner or somebody of finance sets this.
