-- Risk: what was seen at each conversion, cases, what was said in them, muted signals.
-- The first draft of the cases was never written to.
DROP TABLE fraud_cases;

CREATE TABLE fraud_assessments (
    commission_id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    enrollment_id BLOB NOT NULL REFERENCES enrollments (id),
    policy_version BIGINT NOT NULL,
    action TEXT NOT NULL,
    score BIGINT NOT NULL,
    verdict_json TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX fraud_assessments_by_program ON fraud_assessments (tenant_id, program_id, commission_id);

CREATE TABLE fraud_cases (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    enrollment_id BLOB NOT NULL REFERENCES enrollments (id),
    partner_id BLOB NOT NULL REFERENCES partners (id),
    commission_id BLOB NOT NULL REFERENCES commissions (id),
    origin TEXT NOT NULL,
    state TEXT NOT NULL,
    appeal TEXT NOT NULL,
    signals TEXT NOT NULL,
    assignee_id BLOB,
    assignee_name TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    escalated_at BIGINT,
    opened_at BIGINT NOT NULL,
    decided_at BIGINT,
    updated_at BIGINT NOT NULL,
    UNIQUE (tenant_id, commission_id)
);
CREATE INDEX fraud_cases_by_state ON fraud_cases (tenant_id, state, id);
CREATE INDEX fraud_cases_by_partner ON fraud_cases (tenant_id, partner_id, id);
CREATE INDEX fraud_cases_by_due ON fraud_cases (state, due_at);

CREATE TABLE fraud_entries (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    case_id BLOB NOT NULL REFERENCES fraud_cases (id),
    kind TEXT NOT NULL,
    author TEXT NOT NULL,
    by_partner BIGINT NOT NULL,
    shared BIGINT NOT NULL,
    reason_code TEXT NOT NULL,
    body TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX fraud_entries_by_case ON fraud_entries (tenant_id, case_id, id);

CREATE TABLE fraud_mutes (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    enrollment_id BLOB NOT NULL REFERENCES enrollments (id),
    signal TEXT NOT NULL,
    until BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, enrollment_id, signal)
);
