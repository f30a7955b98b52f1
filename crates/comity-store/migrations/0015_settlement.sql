-- What a payout pays for: the commissions that were payable when it was planned.
CREATE TABLE payout_commissions (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    payout_id BLOB NOT NULL REFERENCES payouts (id),
    commission_id BLOB NOT NULL REFERENCES commissions (id),
    PRIMARY KEY (tenant_id, payout_id, commission_id)
);
