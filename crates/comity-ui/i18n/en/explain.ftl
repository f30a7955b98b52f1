explain-gross = Price before discounts
explain-rule = Rule “{ $name }”
explain-version = version { $n }
explain-earn = You earn
explain-taken-back = Taken back after refunds
explain-left = Left
explain-manual = Booked by the team
explain-credited = credited { $share }
explain-share = { $share } of the sale is yours
explain-window = { $n ->
    [one] within { $n } day before the sale
   *[other] within { $n } days before the sale
}
explain-others = { $n ->
    [one] { $n } contact through another partner was considered
   *[other] { $n } contacts through other partners were considered
}



explain-matter-sale = Sale
explain-matter-renewal = Renewal
explain-matter-lead = Lead
explain-matter-qualified = Qualified lead
explain-matter-refund = Refund
explain-matter-chargeback = Chargeback
explain-matter-joined = Welcome reward
explain-matter-instalment = Instalment
explain-matter-bonus = Bonus
explain-matter-adjustment = Correction

explain-booking-accrual = Commission
explain-booking-bonus = Bonus
explain-booking-instalment = Instalment
explain-booking-rejection = Declined
explain-booking-reinstatement = Restored after review
explain-booking-reversal = Refund
explain-booking-restoration = Refund undone
explain-booking-adjustment = Correction
explain-booking-payout-paid = Payout
explain-booking-payout-returned = Payout returned
explain-booking-payout-recovered = Payout arrived after all
explain-booking-fee = Fee
explain-booking-fx-difference = Exchange difference
explain-booking-write-off = Debt forgiven
explain-booking-transfer = Moved between memberships
explain-converted = { $original } at { $rate }
explain-converted-on = Rate of the { $source } of { $date }
explain-converted-note = { $original } at { $rate }, rate of { $date }
explain-rate-ecb = European Central Bank
explain-rule-passed = not “{ $name }”: { $why }
