reward-title = Rewards
reward-tab-queue = Perks to hand over
reward-tab-customers = For customers
reward-tab-catalogue = Catalogue
reward-tab-badges = Badges
reward-none-found = Nothing matches. Search for another word or choose another state.

reward-status = State
reward-status-pending = To hand over
reward-status-fulfilled = Handed over
reward-status-failed = Did not work
reward-status-cancelled = Cancelled
reward-status-granted = Promised
reward-status-honoured = Used
reward-status-void = Void
reward-source-rule = By a rule
reward-source-badge = With a badge
reward-source-manual = By the team
reward-note-refund = The sale was refunded

reward-search-queue = Search partners, perks and notes
reward-queue-none = Nothing to hand over
reward-queue-none-text = When a rule or a badge gives a perk, it waits here until somebody hands it over.
reward-col-perk = Perk
reward-col-partner = Partner
reward-quantity = How many
reward-give = Give a perk
reward-note = Note for the partner
reward-note-hint = The partner reads this: how it was sent, or why it did not work.
reward-given = The perk is given and waits to be handed over.
reward-done = Done. The partner sees it.

reward-search-customers = Search codes, customers and partners
reward-customers-none = No customer was promised anything yet
reward-customers-none-text = With a two-sided rule each referred customer gets a reward. Your shop reads it by webhook or API and honours the code.
reward-code = Code
reward-customer = Customer
reward-through = Through
reward-worth = Worth
reward-do-honour = Mark as used
reward-do-void = Make void
reward-do-reopen = Open again

reward-catalogue-none = No perks yet
reward-catalogue-none-text = A perk is anything that is not money: goods, tickets, free months. Rules and badges give it by its unit.
reward-new-perk = New perk
reward-add-perk = Add perk
reward-name = Name
reward-unit = Unit
reward-unit-hint = What rules call it: swag_box. Made from the name when empty.
reward-cost = Cost of one
reward-cost-hint = Counts in ROI and in the cost of a customer.
reward-costs = { $cost } each
reward-description = Description
reward-state = State
reward-on = Can be earned
reward-off = Switched off
reward-perk-added = The perk is in the catalogue.

reward-badges-none = No badges yet
reward-badges-none-text = A badge is earned once and kept. It can unlock a perk.
reward-new-badge = New badge
reward-add-badge = Add badge
reward-badge-added = The badge is there. Who had reached it got it.
reward-measure = Counts
reward-measure-count = Sales and other credited events
reward-measure-revenue = Revenue
reward-measure-commission = Commission
reward-measure-new = New customers
reward-threshold = To reach
reward-threshold-hint = Since joining. A number, or an amount in the program’s currency.
reward-unlocks = Unlocks
reward-unlocks-nothing = Nothing
reward-unlocks-perk = Unlocks { $n } × { $perk }
reward-awards = { $n ->
    [0] nobody yet
    [one] { $n } partner
   *[other] { $n } partners
}
reward-goal-count = { $n ->
    [one] { $n } credited event
   *[other] { $n } credited events
}
reward-goal-revenue = { $amount } of revenue
reward-goal-commission = { $amount } of commission
reward-goal-new = { $n ->
    [one] { $n } new customer
   *[other] { $n } new customers
}

reward-facts = Facts
reward-given-by = Given
reward-cost-all = Cost
reward-why = Why it was given
reward-act = What happened
reward-do-fulfil = Handed over
reward-do-fail = Did not work
reward-do-cancel = Cancel
reward-moves = Book of units
reward-from = From
reward-to = To
reward-place-program = Program
reward-place-open = Owed to the partner
reward-place-fulfilled = Received by the partner

reward-none = No rewards beside money yet
reward-none-text = Perks and badges of your program will show here as soon as there are some.
reward-units = { $open } on the way, { $received } received
reward-history = What you were given
reward-progress = { $now } of { $goal }
reward-unlocks-for-you = Unlocks { $perk }.
reward-earned-on = Earned on { $day }.
reward-yours-pending = On the way
reward-yours-fulfilled = Received
reward-yours-failed = Being sorted out
reward-yours-cancelled = Cancelled
reward-recruit = Bring a partner
reward-recruit-text = Partners who apply through this link count as yours, and you earn { $rate } of what they earn, on top.
reward-recruit-over = Partners who applied through this link count as yours.
reward-recruit-link = Your recruiting link
reward-recruited = { $n ->
    [0] Nobody came through it yet
    [one] { $n } partner came through it
   *[other] { $n } partners came through it
}
reward-home = Perks, badges, recruiting
reward-home-text = { $n ->
    [0] See what you can earn beside money.
    [one] { $n } perk is on its way to you.
   *[other] { $n } perks are on their way to you.
}
reward-home-open = Look
reward-search-catalogue = Search perks by name, unit or description
reward-search-badges = Search badges

reward-tab-dormant = Dormant partners
