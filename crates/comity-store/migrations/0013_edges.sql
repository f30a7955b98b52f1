-- Processes that redirect: how far each has shipped what it recorded.
CREATE TABLE edges (
    id BLOB PRIMARY KEY,
    address TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    running BIGINT NOT NULL,
    recorded BIGINT NOT NULL,
    unrecorded BIGINT NOT NULL,
    waiting BIGINT NOT NULL,
    oldest_at BIGINT
);

-- People a partner named before they bought; refused ones keep their reason.
CREATE TABLE submitted_leads (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    enrollment_id BLOB NOT NULL REFERENCES enrollments (id),
    partner_id BLOB NOT NULL REFERENCES partners (id),
    email TEXT NOT NULL,
    email_norm TEXT NOT NULL,
    name TEXT NOT NULL,
    company TEXT NOT NULL,
    note TEXT NOT NULL,
    status TEXT NOT NULL,
    reason TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX submitted_leads_by_address ON submitted_leads (tenant_id, program_id, email_norm);
CREATE INDEX submitted_leads_by_enrollment ON submitted_leads (tenant_id, enrollment_id, id);
