-- What a payout pays for: the commissions that were payable when it was planned.
CREATE TABLE payout_commissions (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    payout_id BLOB NOT NULL REFERENCES payouts (id),
    commission_id BLOB NOT NULL REFERENCES commissions (id),
    PRIMARY KEY (tenant_id, payout_id, commission_id)
);

-- Messages of payment providers: the sealed key they are proved with, and what came of them.
ALTER TABLE rail_accounts ADD COLUMN hook_secret BLOB;
ALTER TABLE rail_accounts ADD COLUMN hook_noted BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rail_accounts ADD COLUMN hook_unknown BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rail_accounts ADD COLUMN hook_refused BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rail_accounts ADD COLUMN hook_at BIGINT;
CREATE INDEX payout_drives_by_reference ON payout_drives (tenant_id, rail, reference);
