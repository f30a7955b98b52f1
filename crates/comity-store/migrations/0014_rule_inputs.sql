-- What rules may ask about: tiers of a program, agreements with single partners, products of the brand.
CREATE TABLE partner_tiers (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    name TEXT NOT NULL,
    level BIGINT NOT NULL,
    reach_json TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (tenant_id, program_id, name)
);

-- Tiers given by hand; they go before those that totals reach.
CREATE TABLE enrollment_tiers (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    enrollment_id BLOB NOT NULL REFERENCES enrollments (id),
    tier_id BLOB NOT NULL REFERENCES partner_tiers (id),
    PRIMARY KEY (tenant_id, enrollment_id)
);
CREATE INDEX enrollment_tiers_by_tier ON enrollment_tiers (tenant_id, tier_id);

-- Valid from the start, inside, to the end, outside; no two of a membership at once.
CREATE TABLE agreements (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    enrollment_id BLOB NOT NULL REFERENCES enrollments (id),
    name TEXT NOT NULL,
    note TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX agreements_by_enrollment ON agreements (tenant_id, enrollment_id, starts_at);
CREATE INDEX agreements_by_program ON agreements (tenant_id, program_id, id);

-- One row per product and stock keeping unit ('' when the shop has none).
CREATE TABLE products (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    external_id TEXT NOT NULL,
    sku TEXT NOT NULL,
    name TEXT NOT NULL,
    category TEXT NOT NULL,
    status TEXT NOT NULL,
    source TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    last_sold_at BIGINT,
    UNIQUE (tenant_id, program_id, external_id, sku)
);
CREATE INDEX products_by_program ON products (tenant_id, program_id, id);
CREATE INDEX products_by_sku ON products (tenant_id, program_id, sku);
CREATE INDEX products_by_category ON products (tenant_id, program_id, category);
