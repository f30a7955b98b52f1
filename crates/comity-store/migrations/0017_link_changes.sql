-- Redirect hosts look for changed memberships several times a second.
CREATE INDEX enrollments_by_change ON enrollments (updated_at);
