-- Commissions, the ledger and payouts.
CREATE TABLE commissions (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    enrollment_id BLOB NOT NULL REFERENCES enrollments (id),
    partner_id BLOB NOT NULL REFERENCES partners (id),
    event_id BLOB,
    decision_id BLOB,
    customer_id BLOB,
    policy_id BLOB,
    kind TEXT NOT NULL,
    event_kind TEXT NOT NULL,
    new_customer BIGINT NOT NULL,
    rule TEXT NOT NULL,
    amount_minor BIGINT NOT NULL,
    reversed_minor BIGINT NOT NULL,
    basis_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    state TEXT NOT NULL,
    holds TEXT NOT NULL,
    hold_until BIGINT,
    book_json TEXT NOT NULL,
    reason_code TEXT NOT NULL,
    reason_text TEXT NOT NULL,
    explain_json TEXT NOT NULL,
    payout_id BLOB,
    occurred_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX commissions_by_program ON commissions (tenant_id, program_id, id);
CREATE INDEX commissions_by_enrollment ON commissions (tenant_id, enrollment_id, id);
CREATE INDEX commissions_by_time ON commissions (tenant_id, enrollment_id, occurred_at);
CREATE INDEX commissions_by_event ON commissions (tenant_id, event_id);
CREATE INDEX commissions_by_hold ON commissions (state, hold_until);

CREATE TABLE journals (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    posting_key TEXT NOT NULL,
    refs_json TEXT NOT NULL,
    prev_hash BLOB NOT NULL,
    hash BLOB NOT NULL,
    UNIQUE (tenant_id, seq),
    UNIQUE (tenant_id, posting_key)
);

CREATE TABLE ledger_lines (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    journal_id BLOB NOT NULL REFERENCES journals (id),
    line_no BIGINT NOT NULL,
    account TEXT NOT NULL,
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    PRIMARY KEY (tenant_id, journal_id, line_no)
);
CREATE INDEX ledger_lines_by_account ON ledger_lines (tenant_id, account, journal_id);

CREATE TABLE balances (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    account TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount_minor BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, account, currency)
);

CREATE TABLE payout_methods (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    partner_id BLOB NOT NULL REFERENCES partners (id),
    kind TEXT NOT NULL,
    details_json TEXT NOT NULL,
    masked TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    status TEXT NOT NULL,
    usable_from BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX payout_methods_by_partner ON payout_methods (tenant_id, partner_id, id);
CREATE INDEX payout_methods_by_fingerprint ON payout_methods (tenant_id, fingerprint);

CREATE TABLE payout_batches (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    period TEXT NOT NULL,
    currency TEXT NOT NULL,
    rail TEXT NOT NULL,
    status TEXT NOT NULL,
    total_minor BIGINT NOT NULL,
    payouts BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    approved_at BIGINT,
    sent_at BIGINT,
    settled_at BIGINT
);
CREATE INDEX payout_batches_by_program ON payout_batches (tenant_id, program_id, id);

CREATE TABLE payouts (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    batch_id BLOB NOT NULL REFERENCES payout_batches (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    enrollment_id BLOB NOT NULL REFERENCES enrollments (id),
    partner_id BLOB NOT NULL REFERENCES partners (id),
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    method_json TEXT NOT NULL,
    masked TEXT NOT NULL,
    state TEXT NOT NULL,
    progress_json TEXT NOT NULL,
    failure TEXT NOT NULL,
    provider_ref TEXT NOT NULL,
    live_key TEXT UNIQUE,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX payouts_by_batch ON payouts (tenant_id, batch_id, id);
CREATE INDEX payouts_by_enrollment ON payouts (tenant_id, enrollment_id, id);
