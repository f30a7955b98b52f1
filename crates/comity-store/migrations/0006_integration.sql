-- Connections in, webhooks out, jobs, mail, imports, rollups and the live feed.
CREATE TABLE connections (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    secret TEXT NOT NULL,
    old_secret TEXT NOT NULL,
    status TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_event_at BIGINT
);
CREATE INDEX connections_by_tenant ON connections (tenant_id, id);

CREATE TABLE inbox (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    connection_id BLOB NOT NULL REFERENCES connections (id),
    external_id TEXT NOT NULL,
    topic TEXT NOT NULL,
    body TEXT NOT NULL,
    status TEXT NOT NULL,
    detail TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    processed_at BIGINT,
    UNIQUE (tenant_id, connection_id, external_id)
);

CREATE TABLE endpoints (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    url TEXT NOT NULL,
    secret TEXT NOT NULL,
    old_secret TEXT NOT NULL,
    kinds TEXT NOT NULL,
    description TEXT NOT NULL,
    status TEXT NOT NULL,
    failing_since BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX endpoints_by_tenant ON endpoints (tenant_id, id);

CREATE TABLE outbox (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB,
    kind TEXT NOT NULL,
    body_json TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX outbox_by_tenant ON outbox (tenant_id, id);

CREATE TABLE deliveries (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    outbox_id BLOB NOT NULL REFERENCES outbox (id),
    endpoint_id BLOB NOT NULL REFERENCES endpoints (id),
    attempts BIGINT NOT NULL,
    status TEXT NOT NULL,
    response_status BIGINT,
    response_excerpt TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX deliveries_by_endpoint ON deliveries (tenant_id, endpoint_id, id);

CREATE TABLE jobs (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    kind TEXT NOT NULL,
    body_json TEXT NOT NULL,
    unique_key TEXT UNIQUE,
    status TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    run_at BIGINT NOT NULL,
    leased_until BIGINT,
    last_error TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX jobs_due ON jobs (status, run_at);

CREATE TABLE mails (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    html TEXT NOT NULL,
    text TEXT NOT NULL,
    status TEXT NOT NULL,
    error TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    sent_at BIGINT
);
CREATE INDEX mails_by_tenant ON mails (tenant_id, id);

CREATE TABLE idempotency (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    actor TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    request_hash BLOB NOT NULL,
    status BIGINT,
    response TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, actor, idempotency_key)
);

CREATE TABLE imports (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    body TEXT NOT NULL,
    mapping_json TEXT NOT NULL,
    status TEXT NOT NULL,
    rows_total BIGINT NOT NULL,
    rows_done BIGINT NOT NULL,
    rows_failed BIGINT NOT NULL,
    errors_json TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX imports_by_tenant ON imports (tenant_id, id);

-- Daily counters per membership, maintained as facts arrive; rebuildable.
CREATE TABLE rollups (
    tenant_id BLOB NOT NULL,
    program_id BLOB NOT NULL,
    enrollment_id BLOB NOT NULL,
    link_id BLOB NOT NULL,
    day TEXT NOT NULL,
    clicks BIGINT NOT NULL,
    filtered BIGINT NOT NULL,
    leads BIGINT NOT NULL,
    sales BIGINT NOT NULL,
    revenue_minor BIGINT NOT NULL,
    refunded_minor BIGINT NOT NULL,
    commission_minor BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, program_id, enrollment_id, link_id, day)
);
CREATE INDEX rollups_by_day ON rollups (tenant_id, program_id, day);

CREATE TABLE feed (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB,
    partner_id BLOB,
    kind TEXT NOT NULL,
    body_json TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX feed_by_tenant ON feed (tenant_id, id);

CREATE TABLE fraud_cases (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    enrollment_id BLOB NOT NULL REFERENCES enrollments (id),
    commission_id BLOB,
    signal TEXT NOT NULL,
    severity TEXT NOT NULL,
    evidence_json TEXT NOT NULL,
    status TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    note TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    decided_at BIGINT
);
CREATE INDEX fraud_cases_by_tenant ON fraud_cases (tenant_id, status, id);

CREATE TABLE inquiries (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    enrollment_id BLOB NOT NULL REFERENCES enrollments (id),
    partner_id BLOB NOT NULL REFERENCES partners (id),
    commission_id BLOB,
    order_ref TEXT NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    status TEXT NOT NULL,
    answered_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    answered_at BIGINT
);
CREATE INDEX inquiries_by_tenant ON inquiries (tenant_id, status, id);
