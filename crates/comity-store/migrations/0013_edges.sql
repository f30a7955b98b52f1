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
