# The frame of every page, and words that components share.

shell-skip = Skip to content
shell-menu = Menu
shell-close = Close
shell-cancel = Cancel
shell-undo = Undo
shell-copy = Copy
shell-copied = Copied
shell-done = done
shell-up = up
shell-down = down
shell-actions = Actions
shell-date = Date
shell-dialog = Dialog
shell-optional = optional
shell-leave-empty = Leave this field empty
shell-form-errors = { $n ->
    [one] One field needs another look. Nothing was saved.
   *[other] { $n } fields need another look. Nothing was saved.
}
shell-drop-file = Drop a file here or choose one.
shell-filter-apply = Filter
shell-formula = How { $name } is computed
shell-breadcrumb = You are here
shell-pages = Pages of the list
shell-shown = { $n ->
    [one] { $n } row shown
   *[other] { $n } rows shown
}
shell-first-page = First
shell-next-page = Next
shell-select-row = Select { $name }
shell-select-all = Select all rows
shell-selected = Selected:
shell-as-table = View as table

shell-nav-main = Main
shell-nav-overview = Overview
shell-nav-payouts = Payouts
shell-nav-partners = Partners
shell-nav-all-partners = All partners
shell-nav-applications = Applications
shell-nav-announcements = Announcements
shell-nav-groups = Groups & types
shell-nav-links = Links
shell-nav-results = Results
shell-nav-customers = Customers
shell-nav-events = Events & trace
shell-nav-rewards = Rewards
shell-nav-commissions = Commissions
shell-nav-program = Program
shell-nav-programs = Programs & objectives
shell-nav-settings = Settings
shell-new-program = New program

shell-set-brand = Brand
shell-set-domains = Domains
shell-set-tracking = Tracking
shell-set-team = Team
shell-set-payouts = Payouts
shell-set-rates = Exchange rates
shell-set-keys = API keys
shell-set-webhooks = Webhooks
shell-set-connections = Connections
shell-set-import = Import
shell-set-outbox = Outbox
shell-set-audit = Audit log

shell-tab-home = Home
shell-tab-links = Links
shell-tab-earnings = Earnings
shell-tab-payouts = Payouts
shell-tab-profile = Profile

shell-search = Search
shell-search-hint = Search or go to…
shell-pages-list = Pages
shell-records-list = Records
shell-keys = Keyboard shortcuts
shell-key-palette = Search everything
shell-key-search = Search this page
shell-key-rows = Next and previous row
shell-key-create = Create

shell-account = Account
shell-security = Security
shell-profile = Profile
shell-terms = Terms
shell-sign-out = Sign out
shell-partner-sign-in = Partner sign-in
shell-program-of = Partner program of { $brand }
shell-theme = Theme
shell-theme-system = As the device
shell-theme-light = Light
shell-theme-dark = Dark
shell-language = Language
shell-demo-title = Demo data.
shell-demo-text = This program was filled with examples so that you can look around.
shell-viewing-as = { $user } is looking at this portal as { $partner }. The visit is in the audit log.
shell-viewing-stop = Leave

shell-now = now
shell-minutes = { $n } min
shell-hours = { $n } h
shell-days = { $n } d
shell-months = January February March April May June July August September October November December
shell-months-of = Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec
shell-unit-thousand = k
shell-unit-million = M
shell-unit-billion = B

shell-nav-inquiries = Questions
shell-export = Export
shell-found-none = Nothing found
shell-found-hint = Names, addresses, orders, links, codes and ids. Part of a word is enough.
shell-found-name = Name
shell-found-kind = Kind
shell-found-action = Action
shell-found-partners = Partner
shell-found-applications = Application
shell-found-customers = Customer
shell-found-events = Event
shell-found-commissions = Commission
shell-found-links = Link
shell-found-coupons = Coupon
shell-found-programs = Program
shell-found-payouts = Payout
shell-found-inquiries = Question
shell-act-partner = Add a partner
shell-act-link = Make a link
shell-act-coupon = Make a coupon code
shell-act-program = Make a program
shell-act-trace = Trace an order
shell-zone = Times are those of { $zone }.
shell-list-search = Search this list
shell-list-none = Nothing fits
shell-list-none-text = Try fewer letters or another filter.
shell-nav-risk = Risk
shell-late = Figures are complete up to { $time } ({ $ago }). Clicks and events since then are recorded and will be added; none is lost.
shell-unrecorded = { $count ->
    [one] { $count } click
   *[other] { $count } clicks
} could not be kept since { $time }: the disk was full, failing or too slow. The visitors reached their page. Look at the disk of the redirect host.
