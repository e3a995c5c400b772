-- What a ruling changed, so that it can be undone; readers' reports; writers' appeals; the sealed log.

ALTER TABLE ruling ADD COLUMN was TEXT;
ALTER TABLE ruling ADD COLUMN was_reason TEXT;
-- the whole text, where the ruling cut a passage
ALTER TABLE ruling ADD COLUMN was_text TEXT;
CREATE INDEX ruling_by ON ruling (staff, id);

CREATE TABLE report (
    id {serial},
    comment_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    text TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    -- a print of the reporter under a key that dies with the process, so that one reader counts once
    reporter TEXT NOT NULL,
    decided_at BIGINT,
    outcome TEXT
);
CREATE UNIQUE INDEX report_once ON report (comment_id, reporter);
CREATE INDEX report_open ON report (comment_id, at) WHERE decided_at IS NULL;

CREATE TABLE appeal (
    id {serial},
    comment_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    due BIGINT NOT NULL,
    text TEXT NOT NULL,
    -- who ruled first: somebody else decides
    first TEXT NOT NULL,
    decided_at BIGINT,
    judge TEXT,
    outcome TEXT
);
CREATE INDEX appeal_of_comment ON appeal (comment_id, at);
CREATE UNIQUE INDEX appeal_open ON appeal (comment_id) WHERE decided_at IS NULL;

-- Each entry of the log hashed together with the seal before it.
CREATE TABLE log_seal (n BIGINT PRIMARY KEY, log_id BIGINT NOT NULL UNIQUE, hash TEXT NOT NULL);
