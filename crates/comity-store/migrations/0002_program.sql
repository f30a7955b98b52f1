-- Programs, their versioned policies, terms, objectives, groups and types.
CREATE TABLE programs (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    model TEXT NOT NULL,
    stage TEXT NOT NULL,
    status TEXT NOT NULL,
    currency TEXT NOT NULL,
    zone TEXT NOT NULL,
    website TEXT NOT NULL,
    settings_json TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX programs_by_tenant ON programs (tenant_id, id);

CREATE TABLE policies (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    kind TEXT NOT NULL,
    version BIGINT NOT NULL,
    apply_to TEXT NOT NULL,
    body_json TEXT NOT NULL,
    note TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (tenant_id, program_id, kind, version)
);

CREATE TABLE terms (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    published_by TEXT NOT NULL,
    published_at BIGINT NOT NULL,
    UNIQUE (tenant_id, program_id, version)
);

CREATE TABLE terms_acceptances (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    terms_id BLOB NOT NULL REFERENCES terms (id),
    partner_id BLOB NOT NULL,
    accepted_at BIGINT NOT NULL,
    ip TEXT NOT NULL,
    PRIMARY KEY (tenant_id, terms_id, partner_id)
);

CREATE TABLE objectives (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    title TEXT NOT NULL,
    metric TEXT NOT NULL,
    baseline BIGINT NOT NULL,
    target BIGINT NOT NULL,
    starts_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    owner_id BLOB,
    business_goal TEXT NOT NULL,
    status TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX objectives_by_program ON objectives (tenant_id, program_id, id);

CREATE TABLE partner_groups (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (tenant_id, program_id, name)
);

CREATE TABLE partner_types (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    definition TEXT NOT NULL,
    expectations TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (tenant_id, code)
);
