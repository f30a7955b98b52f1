-- What partners hand in with an appeal or an answer: kept with its line, removed with the partner.
CREATE TABLE fraud_files (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    case_id BLOB NOT NULL REFERENCES fraud_cases (id),
    entry_id BLOB NOT NULL REFERENCES fraud_entries (id),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    body BLOB NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX fraud_files_by_case ON fraud_files (tenant_id, case_id, id);

-- Letters to the partners of a program: news of the team, new terms. Sent one by one; `after_id`
-- is the last membership that was looked at.
CREATE TABLE announcements (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    group_id BLOB,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    audience BIGINT NOT NULL,
    sent BIGINT NOT NULL,
    left_out BIGINT NOT NULL,
    after_id BLOB NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    sent_at BIGINT,
    finished_at BIGINT
);
CREATE INDEX announcements_by_tenant ON announcements (tenant_id, id);
CREATE INDEX announcements_by_program ON announcements (tenant_id, program_id, id);

-- Reminders to partners who stopped selling: one per silence, which begins with `since`.
CREATE TABLE nudges (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    enrollment_id BLOB NOT NULL REFERENCES enrollments (id),
    since BIGINT NOT NULL,
    sent_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, enrollment_id, since)
);

-- The second step of partners at sign-in; nobody without one has a row.
CREATE TABLE partner_second_steps (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    partner_id BLOB NOT NULL REFERENCES partners (id),
    secret TEXT NOT NULL,
    last_step BIGINT NOT NULL,
    recovery_json TEXT NOT NULL,
    PRIMARY KEY (tenant_id, partner_id)
);
