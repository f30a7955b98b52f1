-- Links, coupons, clicks, touches, customers, events and decisions.
CREATE TABLE links (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    enrollment_id BLOB NOT NULL REFERENCES enrollments (id),
    partner_id BLOB NOT NULL REFERENCES partners (id),
    host TEXT NOT NULL,
    slug TEXT NOT NULL,
    destination TEXT NOT NULL,
    label TEXT NOT NULL,
    status TEXT NOT NULL,
    expires_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (host, slug)
);
CREATE INDEX links_by_enrollment ON links (tenant_id, enrollment_id, id);
CREATE INDEX links_by_program ON links (tenant_id, program_id, id);
CREATE INDEX links_by_change ON links (updated_at, id);

CREATE TABLE coupons (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    enrollment_id BLOB NOT NULL REFERENCES enrollments (id),
    partner_id BLOB NOT NULL REFERENCES partners (id),
    code TEXT NOT NULL,
    code_norm TEXT NOT NULL,
    exclusive BIGINT NOT NULL,
    status TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (tenant_id, program_id, code_norm)
);
CREATE INDEX coupons_by_enrollment ON coupons (tenant_id, enrollment_id, id);

-- Append only, in time order, no secondary index on anything random.
CREATE TABLE clicks (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL,
    program_id BLOB NOT NULL,
    link_id BLOB NOT NULL,
    partner_id BLOB NOT NULL,
    enrollment_id BLOB NOT NULL,
    visitor_id BLOB NOT NULL,
    at BIGINT NOT NULL,
    class TEXT NOT NULL,
    reason TEXT NOT NULL,
    qr BIGINT NOT NULL,
    ip_prefix TEXT NOT NULL,
    ip_hash BLOB NOT NULL,
    user_agent TEXT NOT NULL,
    referrer TEXT NOT NULL,
    destination TEXT NOT NULL,
    sub_ids_json TEXT NOT NULL
);

-- Recent touches per visitor, bounded by the attribution window.
CREATE TABLE touches (
    tenant_id BLOB NOT NULL,
    visitor_id BLOB NOT NULL,
    click_id BLOB NOT NULL,
    program_id BLOB NOT NULL,
    link_id BLOB NOT NULL,
    partner_id BLOB NOT NULL,
    enrollment_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    class TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, visitor_id, click_id)
);

CREATE TABLE customers (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    external_id TEXT NOT NULL,
    email TEXT NOT NULL,
    email_norm TEXT NOT NULL,
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    owner_enrollment_id BLOB,
    owner_touch_json TEXT NOT NULL,
    first_event_at BIGINT NOT NULL,
    first_order_at BIGINT,
    orders BIGINT NOT NULL,
    revenue_minor BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (tenant_id, program_id, external_id)
);
CREATE INDEX customers_by_owner ON customers (tenant_id, owner_enrollment_id, id);
CREATE INDEX customers_by_email ON customers (tenant_id, program_id, email_norm);

CREATE TABLE customer_visitors (
    tenant_id BLOB NOT NULL,
    customer_id BLOB NOT NULL REFERENCES customers (id),
    visitor_id BLOB NOT NULL,
    PRIMARY KEY (tenant_id, customer_id, visitor_id)
);

CREATE TABLE events (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    external_id TEXT NOT NULL,
    refers_to TEXT NOT NULL,
    original_id BLOB,
    customer_id BLOB,
    click_id BLOB,
    coupon TEXT NOT NULL,
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    body_json TEXT NOT NULL,
    body_hash BLOB NOT NULL,
    source TEXT NOT NULL,
    status TEXT NOT NULL,
    status_reason TEXT NOT NULL,
    occurred_at BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    UNIQUE (tenant_id, program_id, kind, external_id)
);
CREATE INDEX events_by_program ON events (tenant_id, program_id, occurred_at);
CREATE INDEX events_by_external ON events (tenant_id, external_id);
CREATE INDEX events_by_original ON events (tenant_id, program_id, original_id);
CREATE INDEX events_by_status ON events (tenant_id, program_id, status);
CREATE INDEX events_by_customer ON events (tenant_id, customer_id, occurred_at);

-- Further names of a sale (charge, invoice, order number) that refunds may use.
CREATE TABLE event_names (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    name TEXT NOT NULL,
    event_id BLOB NOT NULL REFERENCES events (id),
    PRIMARY KEY (tenant_id, program_id, name)
);

CREATE TABLE decisions (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    event_id BLOB NOT NULL REFERENCES events (id),
    policy_id BLOB NOT NULL REFERENCES policies (id),
    body_json TEXT NOT NULL,
    decided_at BIGINT NOT NULL,
    UNIQUE (tenant_id, event_id)
);
