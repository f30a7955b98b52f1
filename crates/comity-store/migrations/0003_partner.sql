-- Partners, their memberships, applications and notes.
CREATE TABLE partners (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    email TEXT NOT NULL,
    email_norm TEXT NOT NULL,
    name TEXT NOT NULL,
    company TEXT NOT NULL,
    country TEXT NOT NULL,
    website TEXT NOT NULL,
    lang TEXT NOT NULL,
    password_hash TEXT,
    status TEXT NOT NULL,
    settings_json TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT,
    UNIQUE (tenant_id, email_norm)
);

CREATE TABLE enrollments (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    partner_id BLOB NOT NULL REFERENCES partners (id),
    status TEXT NOT NULL,
    manager_id BLOB,
    recruited_by BLOB,
    reason_code TEXT NOT NULL,
    reason_text TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    approved_at BIGINT,
    updated_at BIGINT NOT NULL,
    UNIQUE (tenant_id, program_id, partner_id)
);
CREATE INDEX enrollments_by_partner ON enrollments (tenant_id, partner_id);

CREATE TABLE enrollment_groups (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    enrollment_id BLOB NOT NULL REFERENCES enrollments (id),
    group_id BLOB NOT NULL REFERENCES partner_groups (id),
    PRIMARY KEY (tenant_id, enrollment_id, group_id)
);

CREATE TABLE enrollment_types (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    enrollment_id BLOB NOT NULL REFERENCES enrollments (id),
    type_id BLOB NOT NULL REFERENCES partner_types (id),
    PRIMARY KEY (tenant_id, enrollment_id, type_id)
);

CREATE TABLE applications (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    enrollment_id BLOB,
    email TEXT NOT NULL,
    email_norm TEXT NOT NULL,
    name TEXT NOT NULL,
    answers_json TEXT NOT NULL,
    flags_json TEXT NOT NULL,
    source TEXT NOT NULL,
    lang TEXT NOT NULL,
    terms_id BLOB,
    ip TEXT NOT NULL,
    status TEXT NOT NULL,
    status_token_hash BLOB NOT NULL,
    reason_code TEXT NOT NULL,
    reason_text TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX applications_by_program ON applications (tenant_id, program_id, id);
CREATE INDEX applications_by_email ON applications (tenant_id, email_norm);

CREATE TABLE application_funnel (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    day TEXT NOT NULL,
    source TEXT NOT NULL,
    visits BIGINT NOT NULL,
    starts BIGINT NOT NULL,
    submissions BIGINT NOT NULL,
    approvals BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, program_id, day, source)
);

CREATE TABLE notes (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    partner_id BLOB NOT NULL REFERENCES partners (id),
    author TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX notes_by_partner ON notes (tenant_id, partner_id, id);
