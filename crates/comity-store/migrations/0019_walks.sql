-- A sale reads its own neighbourhood: each of these was a walk over everything of the program.
DROP INDEX events_by_status;
CREATE INDEX events_by_status ON events (tenant_id, program_id, status, occurred_at, id);
DROP INDEX commissions_by_program;
CREATE INDEX commissions_by_program ON commissions (tenant_id, program_id, id, reversed_minor);
CREATE INDEX commissions_by_customer ON commissions (tenant_id, customer_id, enrollment_id);
CREATE INDEX rollups_by_enrollment ON rollups (tenant_id, program_id, enrollment_id, day);
