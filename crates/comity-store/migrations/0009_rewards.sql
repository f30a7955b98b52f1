-- What a program costs beyond commissions, what a customer may cost, and rewards that are not money.
CREATE TABLE costs (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    enrollment_id BLOB,
    kind TEXT NOT NULL,
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    note TEXT NOT NULL,
    version BIGINT NOT NULL,
    removed BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX costs_by_program ON costs (tenant_id, program_id, id);

-- Every state a cost ever had; the newest equals the row of `costs`.
CREATE TABLE cost_versions (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    cost_id BLOB NOT NULL REFERENCES costs (id),
    version BIGINT NOT NULL,
    body_json TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, cost_id, version)
);

-- At most one warning per program, month and level.
CREATE TABLE cac_alerts (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    month TEXT NOT NULL,
    level TEXT NOT NULL,
    cac_minor BIGINT NOT NULL,
    allowable_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, program_id, month, level)
);

CREATE INDEX commissions_by_program_time ON commissions (tenant_id, program_id, occurred_at);

-- What a program gives that is not money, by unit.
CREATE TABLE perks (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    unit TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    cost_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    active BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (tenant_id, program_id, unit)
);

-- Units given to a partner, and what became of them.
CREATE TABLE perk_grants (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    enrollment_id BLOB NOT NULL REFERENCES enrollments (id),
    partner_id BLOB NOT NULL REFERENCES partners (id),
    event_id BLOB,
    unit TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    cost_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    source TEXT NOT NULL,
    rule TEXT NOT NULL,
    unique_key TEXT NOT NULL,
    status TEXT NOT NULL,
    note TEXT NOT NULL,
    explain_json TEXT NOT NULL,
    occurred_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (tenant_id, unique_key)
);
CREATE INDEX perk_grants_by_program ON perk_grants (tenant_id, program_id, id);
CREATE INDEX perk_grants_by_enrollment ON perk_grants (tenant_id, enrollment_id, id);
CREATE INDEX perk_grants_by_event ON perk_grants (tenant_id, event_id);

-- Movements of units, append only: the book of perks.
CREATE TABLE perk_moves (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    grant_id BLOB NOT NULL REFERENCES perk_grants (id),
    enrollment_id BLOB NOT NULL REFERENCES enrollments (id),
    unit TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    place_from TEXT NOT NULL,
    place_to TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX perk_moves_by_tenant ON perk_moves (tenant_id, id);
CREATE INDEX perk_moves_by_grant ON perk_moves (tenant_id, grant_id, id);

-- What a partner has been given and not yet received, kept beside the moves and checked against them.
CREATE TABLE perk_balances (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    enrollment_id BLOB NOT NULL REFERENCES enrollments (id),
    unit TEXT NOT NULL,
    place TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, enrollment_id, unit, place)
);

CREATE TABLE badges (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    measure TEXT NOT NULL,
    threshold BIGINT NOT NULL,
    unit TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    active BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX badges_by_program ON badges (tenant_id, program_id, id);

CREATE TABLE badge_awards (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    badge_id BLOB NOT NULL REFERENCES badges (id),
    enrollment_id BLOB NOT NULL REFERENCES enrollments (id),
    total BIGINT NOT NULL,
    awarded_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, badge_id, enrollment_id)
);
CREATE INDEX badge_awards_by_enrollment ON badge_awards (tenant_id, enrollment_id, badge_id);

-- What the referred customer was promised, for the shop to honour (H3).
CREATE TABLE referee_rewards (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    enrollment_id BLOB NOT NULL REFERENCES enrollments (id),
    partner_id BLOB NOT NULL REFERENCES partners (id),
    event_id BLOB NOT NULL,
    customer_id BLOB,
    policy_id BLOB,
    rule TEXT NOT NULL,
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    unit TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    status TEXT NOT NULL,
    note TEXT NOT NULL,
    explain_json TEXT NOT NULL,
    occurred_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (tenant_id, event_id, rule),
    UNIQUE (tenant_id, code)
);
CREATE INDEX referee_rewards_by_program ON referee_rewards (tenant_id, program_id, id);

-- Instalments of hybrid deals that were booked: each once.
CREATE TABLE instalments (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    enrollment_id BLOB NOT NULL REFERENCES enrollments (id),
    rule TEXT NOT NULL,
    number BIGINT NOT NULL,
    commission_id BLOB NOT NULL,
    booked_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, enrollment_id, rule, number)
);

-- Who sent an applicant (G10).
CREATE TABLE application_recruiters (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    application_id BLOB NOT NULL REFERENCES applications (id),
    recruiter_id BLOB NOT NULL REFERENCES enrollments (id),
    PRIMARY KEY (tenant_id, application_id)
);
