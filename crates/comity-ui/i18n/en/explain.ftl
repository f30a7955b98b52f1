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

explain-hold-refund-window = the refund period of the order
explain-hold-payment-pending = the customer has not paid yet
explain-hold-delivery-pending = the order has not been delivered yet
explain-hold-retention = the customer must stay for an agreed time
explain-hold-manual = put on hold by the team
explain-hold-fraud-review = a check of the order
explain-hold-traffic-review = a check of where visitors come from
explain-hold-dispute = the customer’s bank opened a dispute
explain-hold-appeal = your question waits for an answer
explain-hold-payout-details-missing = payout details are missing
explain-hold-tax-details-missing = tax details are missing
explain-hold-identity-check = an identity check
explain-hold-cap = a limit or budget is used up
explain-hold-cac-guard = the customer would cost too much and waits for a decision
explain-hold-terms-not-accepted = new terms are not accepted
explain-hold-compliance = a check against the terms
explain-hold-order-changed = the order was edited
explain-hold-partner-suspended = your membership is suspended

explain-decline-rejected = Declined by the team.
explain-decline-customer-data-invalid = The customer’s data are invalid.
explain-decline-customer-error = The customer made a mistake.
explain-decline-customer-fraud = The order was fraudulent.
explain-decline-partner-fraud = The order broke the program’s rules.
explain-decline-self-referral = The order was placed with your own account.
explain-decline-item-returned = The goods were sent back.
explain-decline-item-out-of-stock = The product is out of stock.
explain-decline-refund = The order was refunded.
explain-decline-order-cancelled = The order was cancelled.
explain-decline-order-error = The order was entered wrongly.
explain-decline-order-edited = The order was edited; a new commission took its place.
explain-decline-rules-changed = Newer rules decide this sale; a new commission took its place.
explain-decline-payment-failed = The payment failed.
explain-decline-chargeback = The customer’s bank took the payment back.
explain-decline-partner-dispute = Settled after your objection.
explain-decline-brand-dispute = Settled after an objection of the brand.
explain-decline-terms-violation = The program’s terms were broken.
explain-decline-disclosure-missing = The advertisement was not marked as one.
explain-decline-brand-bidding = The brand’s name was used in search ads.
explain-decline-marketplace-returned = The marketplace took the order back.
explain-decline-credited-elsewhere = The sale was credited to another channel.
explain-decline-coupon-of-another-channel = The code belongs to another channel.
explain-decline-duplicate = The same commission exists already.
explain-decline-tracking-error = It was recorded by mistake.
explain-decline-partner-ineligible = Your membership does not take part in this reward.
explain-decline-customer-ineligible = The customer is not new or is excluded.
explain-decline-lead-not-qualified = The lead does not meet the agreed criteria.
explain-decline-cac-guard = The program had reached what it may spend on a new customer.
explain-decline-test = It was a test.

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
