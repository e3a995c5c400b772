-- What no moderator has read yet, who looks at what, tips for the editors, notes between shifts, accounts made public.

-- 1 from the moment a comment is shown at once until a moderator has read or ruled on it
ALTER TABLE comment ADD COLUMN unread BIGINT NOT NULL DEFAULT 0;
CREATE INDEX comment_unread ON comment (rank, id) WHERE unread = 1 AND state = 'shown';
-- the queue of one story
CREATE INDEX comment_held_story ON comment (story_id, rank, id) WHERE state = 'held';
-- a shift's rulings
CREATE INDEX ruling_at ON ruling (at);

-- Who has a comment before them, until when: a hint for the others, no lock.
CREATE TABLE looking (comment_id BIGINT PRIMARY KEY, staff TEXT NOT NULL, until BIGINT NOT NULL);

-- What moderators pass on to the editors: a mistake in a story that a comment points out.
CREATE TABLE tip (
    id {serial},
    story_id BIGINT NOT NULL,
    comment_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    staff TEXT NOT NULL,
    note TEXT NOT NULL,
    done_at BIGINT,
    done_by TEXT
);
CREATE INDEX tip_of_story ON tip (story_id, id);
CREATE INDEX tip_of_comment ON tip (comment_id);
CREATE INDEX tip_open ON tip (id) WHERE done_at IS NULL;

-- From one shift of moderators to the next.
CREATE TABLE shift_note (id {serial}, at BIGINT NOT NULL, staff TEXT NOT NULL, text TEXT NOT NULL);

-- Accounts of moderation that the paper made public, each as it was counted then.
CREATE TABLE published_account (
    id {serial},
    at BIGINT NOT NULL,
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    -- a JSON list of [what, code, number]
    lines TEXT NOT NULL
);

-- The discussion's rules as readers could read them, from that moment on.
CREATE TABLE house_rules (id {serial}, at BIGINT NOT NULL, text TEXT NOT NULL);
