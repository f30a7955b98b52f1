overview-title = Overview
overview-period = Period
overview-program = Program
overview-7d = 7 days
overview-30d = 30 days
overview-90d = 90 days
overview-12m = 12 months

overview-no-program = Start with a program
overview-no-program-text = A program says who may promote you and what they earn. Two minutes are enough for the first one.
overview-first-program = New program

overview-revenue = Partner revenue
overview-revenue-formula = Sales credited to partners in the period, less refunds and chargebacks. The change compares with the period of the same length before.
overview-active = Active partners
overview-active-formula = Partners with at least one click, lead or sale in the period. The small line shows clicks.
overview-conversions = Conversions
overview-conversions-formula = Sales and renewals credited to partners in the period.
overview-of-clicks = { $n ->
    [one] from { $n } click
   *[other] from { $n } clicks
}
overview-roi = Program ROI
overview-roi-formula = (Revenue − costs) ÷ costs. Costs are commissions and perks of the period, what finance entered for it, and its part of the costs of every month.

overview-cac = Cost of a new customer
overview-cac-formula = This calendar month: commissions, perks, platform and management ÷ customers who bought for the first time. The page Economics of the program shows each part.
overview-cac-allowed = { $allowable } allowed
overview-cac-above = Above the { $allowable } allowed
overview-feed-perk = was given a perk
overview-feed-perk-done = received a perk
overview-feed-perk-not = did not get a perk
overview-feed-badge = earned a badge
overview-feed-promise = brought a customer who gets { $amount }
overview-feed-cac-near = The cost of a new customer came to { $amount }, near the limit
overview-feed-cac-above = The cost of a new customer rose to { $amount }, above the limit

overview-revenue-chart = Revenue from partners
overview-this-period = This period
overview-period-before = Period before
overview-funnel = From click to payout
overview-clicks = Clicks
overview-leads = Leads
overview-sales = Sales, with renewals
overview-paid = Paid out
overview-top = Top partners
overview-top-none = The first sale puts a partner here.

overview-needs = Needs you
overview-needs-nothing = Nothing waits for you.
overview-needs-applications = Applications to review
overview-needs-batches = Payouts to approve
overview-needs-held = Held commissions
overview-needs-parked = Events that wait
overview-feed = Live
overview-feed-none = Clicks, sales and news of partners show here as they happen.
overview-feed-earned = earned { $amount }
overview-feed-cleared = can be paid { $amount }
overview-feed-held = has { $amount } on hold
overview-feed-rejected = had a commission declined
overview-feed-reversed = had a commission taken back
overview-feed-payout-sent = is being paid { $amount }
overview-feed-payout-paid = received { $amount }
overview-feed-payout-failed = did not receive { $amount }
overview-feed-payout-cancelled = had a payout cancelled
overview-feed-method = changed the payout details
overview-feed-applied = applied
overview-feed-joined = joined the program
overview-feed-declined = was not admitted
overview-feed-invited = was invited
overview-feed-link = has a new link
overview-feed-terms = accepted the terms
overview-feed-other = Event { $kind }

overview-steps = Next steps
overview-step-program = Create the program
overview-step-rules = Publish what partners earn
overview-step-rules-text = Rules have versions: what was earned under one stays as it was.
overview-step-rules-do = Set rules
overview-step-click = Follow a first link
overview-step-click-text = Open any link of yours and see the click arrive here.
overview-step-click-do = Links
overview-step-tracking = Tell Comity about sales
overview-step-tracking-text = From your shop, your payment provider, or with one line of code.
overview-step-tracking-do = Connect
overview-step-partners = Bring three partners in
overview-step-partners-text = Customers who recommend you already are the best start.
overview-step-partners-do = Partners
overview-new-customers = New customers
overview-needs-risk = Risk cases to decide
overview-needs-overdue = Overdue risk cases
overview-feed-appealed = appeals a decision
overview-feed-overdue = waits for a decision that is overdue
overview-feed-case = has a case in the risk queue
overview-feed-case-decided = has an answer to a risk case
