-- Commission rules: the draft of a program, what every credited event was decided on, simulations.
CREATE TABLE rule_drafts (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    body_json TEXT NOT NULL,
    previous_json TEXT NOT NULL,
    updated_by TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, program_id)
);

-- The facts the rules were asked about, kept as they were known at the time.
CREATE TABLE rule_decisions (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    event_id BLOB NOT NULL REFERENCES events (id),
    enrollment_id BLOB NOT NULL REFERENCES enrollments (id),
    partner_id BLOB NOT NULL REFERENCES partners (id),
    customer_id BLOB,
    policy_id BLOB NOT NULL REFERENCES policies (id),
    occurred_at BIGINT NOT NULL,
    facts_json TEXT NOT NULL,
    cost_minor BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, event_id, enrollment_id)
);
CREATE INDEX rule_decisions_by_time
    ON rule_decisions (tenant_id, program_id, occurred_at, event_id, enrollment_id);

CREATE TABLE replays (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    body_json TEXT NOT NULL,
    from_at BIGINT NOT NULL,
    to_at BIGINT NOT NULL,
    margin_bps BIGINT NOT NULL,
    status TEXT NOT NULL,
    done BIGINT NOT NULL,
    total BIGINT NOT NULL,
    report_json TEXT NOT NULL,
    error TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    finished_at BIGINT
);
CREATE INDEX replays_by_program ON replays (tenant_id, program_id, id);

CREATE TABLE replay_partners (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    replay_id BLOB NOT NULL REFERENCES replays (id),
    partner_id BLOB NOT NULL REFERENCES partners (id),
    events BIGINT NOT NULL,
    revenue_minor BIGINT NOT NULL,
    before_minor BIGINT NOT NULL,
    after_minor BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, replay_id, partner_id)
);
