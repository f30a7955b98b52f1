portal-state-pending = Clearing
portal-state-held = Held
portal-state-approved = Ready
portal-state-paid = Paid
portal-state-declined = Declined
portal-state-reversed = Reversed

portal-terms-changed = The program terms have changed.
portal-terms-read = Read and accept
portal-available = Available
portal-clearing = Clearing
portal-pending = { $amount } is clearing
portal-clears = { $amount } clears by { $date }
portal-clears-on = clears on { $date }
portal-next-no-method = Add payout details to get paid.
portal-next-below = Payouts start at { $min }. What you have stays yours until then.
portal-next-on = Next payout on { $date }
portal-add-method = Add payout details
portal-see-payouts = Payouts
portal-how = How it works
portal-your-link = Your link
portal-all-links = All links
portal-all = All
portal-share = Share
portal-new-link = New link
portal-clicks = Clicks
portal-leads = Leads
portal-customers = Customers
portal-clicks-by-day = Clicks by day
portal-no-clicks = Share your link once. Clicks show here within a second.
portal-first-steps = Your first steps
portal-done-of = { $n } of { $of }
portal-recent = Latest earnings

portal-filter-state = State
portal-no-earnings = Your first commission shows here
portal-no-earnings-text = A sale counts when somebody buys after clicking your link. It shows here seconds later.
portal-statements = Monthly statements

portal-back-earnings = All earnings
portal-why-title = Why this amount
portal-why-amount = How the amount came about
portal-why-credit = Why it is yours
portal-why-history = What happened
portal-ask-title = Something wrong?
portal-ask-label = Your question or objection
portal-ask-send = Send
portal-asked = Your question is with the team. The answer comes by mail and shows here.

portal-coupon = Your code
portal-coupon-text = Sales with this code are yours, even without a click.
portal-no-links = No links yet
portal-no-links-text = A link tells us that a visitor came from you. Make the first one.
portal-link-paused = Paused
portal-leads-to = Leads to { $url }
portal-link-clicks = { $n ->
    [one] { $n } click
   *[other] { $n } clicks
}
portal-link-customers = { $n ->
    [one] { $n } customer
   *[other] { $n } customers
}
portal-link-more = QR & numbers
portal-back-links = All links
portal-destination = Page it leads to
portal-destination-hint = Any page of { $hosts }.
portal-link-name = Name
portal-link-name-hint = Only you see it: newsletter, video, poster.
portal-slug = Short address
portal-create-link = Create link
portal-qr = QR code
portal-qr-of = QR code of { $name }
portal-qr-text = Print it on a poster or a card: scans count like clicks.
portal-qr-download = Download
portal-print = Print

portal-payout-planned = Planned
portal-payout-underway = On its way
portal-payout-paid = Paid
portal-payout-failed = Returned
portal-payout-of = Payout of { $date }
portal-payout-to = To
portal-payout-reference = Reference
portal-payout-earnings = What it pays
portal-next-payout = Next payout
portal-minimum = Smallest payout
portal-payout-history = Payouts so far
portal-no-payouts = No payouts yet
portal-no-payouts-text = When money has cleared, it goes out on the next payout day.
portal-method = Payout details
portal-change-method = Change
portal-method-none = We do not know yet where to send your money.
portal-method-since = Last changed on { $date }
portal-method-rests = Used from { $date }. Until then nothing is sent there, so that you can object to a change that was not yours.
portal-back-payouts = Payouts
portal-rail-sepa = Bank (SEPA)
portal-rail-ach = Bank (US)
portal-rail-paypal = PayPal
portal-rail-wise = Wise
portal-rail-credit = Store credit
portal-rail-manual = Other
portal-holder = Name on the account
portal-iban = IBAN
portal-routing = Routing number
portal-account = Account number
portal-paypal-email = PayPal address
portal-wise-email = Wise address
portal-credit-text = Earnings become credit in the shop, without fees.
portal-manual-details = What you agreed with the program
portal-password = Your password
portal-password-why = Asked again, because money goes where you say here.
portal-rest = { $n ->
    [one] New details are used after one day. You get a mail about the change at once.
   *[other] New details are used after { $n } days. You get a mail about the change at once.
}
portal-save-method = Save details

portal-no-statements = No statements yet
portal-no-statements-text = The first one is made when your first month ends.
portal-statement-of = Statement, { $month }
portal-payer = From
portal-payee = To
portal-opening = Opening balance
portal-closing = Closing balance
portal-entry = Entry
portal-amount = Amount
portal-balance = Balance
portal-no-entries = Nothing was booked in this month.
portal-statement-foot = Amounts are as booked in the ledger. Corrections are entries of their own.

portal-terms-changes = What changed:
portal-attribution = How sales are credited
portal-terms-version = Terms, version { $n }, since { $date }
portal-terms-accepted = You accepted this version on { $date }.
portal-terms-accept = Accept version { $n }

portal-about = About you
portal-name = Name
portal-email = Email
portal-email-hint = You sign in with it. The program team can change it for you.
portal-code = Your code in links
portal-company = Company
portal-website = Website
portal-channels = Channels
portal-channels-hint = One address per line. They may be on other people's platforms.
portal-country = Country
portal-public-name = My name may be shown publicly
portal-public-name-hint = For leaderboards and partner of the month.
portal-mails = Mails
portal-mail-click = The first click on a new link
portal-mail-sale = Each sale
portal-mail-payout = Payouts
portal-mail-news = News of the program
portal-mail-always = Notices about security and changed terms are always sent.
portal-save = Save
portal-yours = Your data is yours
portal-yours-text = Links, clicks, earnings and payouts in one file that other tools can read.
portal-export = Download everything
