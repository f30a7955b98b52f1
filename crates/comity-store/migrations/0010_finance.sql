-- Exchange rates and conversions, payout operations, tax profiles and numbered documents.
CREATE TABLE exchange_rates (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    day TEXT NOT NULL,
    source TEXT NOT NULL,
    rates_json TEXT NOT NULL,
    imported_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, day)
);

CREATE TABLE conversions (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    event_id BLOB NOT NULL REFERENCES events (id),
    body_json TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, event_id)
);

CREATE TABLE payout_switches (
    tenant_id BLOB PRIMARY KEY REFERENCES tenants (id),
    stopped BIGINT NOT NULL,
    reason TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);

CREATE TABLE payout_rules (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    body_json TEXT NOT NULL,
    last_run_on TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, program_id)
);

CREATE TABLE write_offs (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    enrollment_id BLOB NOT NULL REFERENCES enrollments (id),
    partner_id BLOB NOT NULL REFERENCES partners (id),
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    reason TEXT NOT NULL,
    status TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    decided_at BIGINT,
    open_key TEXT UNIQUE
);
CREATE INDEX write_offs_by_tenant ON write_offs (tenant_id, id);

CREATE TABLE rail_accounts (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    rail TEXT NOT NULL,
    sandbox BIGINT NOT NULL,
    base_url TEXT NOT NULL,
    account TEXT NOT NULL,
    secret BLOB NOT NULL,
    hint TEXT NOT NULL,
    tested_at BIGINT,
    problem TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, rail)
);

-- What a worker drives: the frozen request and when to look again; no time is nothing to do.
CREATE TABLE payout_drives (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    payout_id BLOB NOT NULL REFERENCES payouts (id),
    rail TEXT NOT NULL,
    body BLOB,
    digest BLOB,
    reference TEXT NOT NULL,
    next_at BIGINT,
    person TEXT NOT NULL,
    alerted_at BIGINT,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, payout_id)
);
CREATE INDEX payout_drives_by_time ON payout_drives (next_at);

CREATE TABLE tax_profiles (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    partner_id BLOB NOT NULL REFERENCES partners (id),
    valid_from TEXT NOT NULL,
    body_json TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, partner_id, valid_from)
);

CREATE TABLE tax_rules (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    country TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    rate_bps BIGINT NOT NULL,
    above_minor BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, country, valid_from)
);

ALTER TABLE payouts ADD COLUMN withheld_minor BIGINT NOT NULL DEFAULT 0;

-- Numbers without gaps: the counter and the document commit together.
CREATE TABLE document_numbers (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    year BIGINT NOT NULL,
    last BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, year)
);

CREATE TABLE documents (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    program_id BLOB NOT NULL REFERENCES programs (id),
    enrollment_id BLOB NOT NULL REFERENCES enrollments (id),
    partner_id BLOB NOT NULL REFERENCES partners (id),
    payout_id BLOB NOT NULL REFERENCES payouts (id),
    net_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    body_json TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, seq),
    UNIQUE (tenant_id, kind, payout_id)
);
CREATE INDEX documents_by_partner ON documents (tenant_id, partner_id, seq);
