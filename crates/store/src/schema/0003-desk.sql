-- The moderators' desk: the queue by risk, commended and pinned comments, second opinions, notes on writers,
-- sanctions by name, kept filters.

-- newsroom::discussion::rank: 0 where the gravest risk was seen, 10 where none
ALTER TABLE comment ADD COLUMN rank BIGINT NOT NULL DEFAULT 10;
ALTER TABLE comment ADD COLUMN featured BIGINT NOT NULL DEFAULT 0;
ALTER TABLE discussion ADD COLUMN pinned_id BIGINT;
DROP INDEX comment_held;
CREATE INDEX comment_held ON comment (rank, id) WHERE state = 'held';
-- a writer's history: whoever signs with this name from this network
CREATE INDEX comment_writer ON comment (name, network, id);

-- the public log of a story's discussion walks this
ALTER TABLE ruling ADD COLUMN story_id BIGINT;
UPDATE ruling SET story_id = (SELECT c.story_id FROM comment c WHERE c.id = ruling.comment_id);
CREATE INDEX ruling_of_story ON ruling (story_id, id);

CREATE TABLE doubt (
    comment_id BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    staff TEXT NOT NULL,
    note TEXT NOT NULL
);
CREATE INDEX doubt_at ON doubt (at);

CREATE TABLE writer_note (
    id {serial},
    name TEXT NOT NULL,
    network TEXT NOT NULL,
    at BIGINT NOT NULL,
    staff TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX writer_note_of ON writer_note (name, network, id);

-- what a moderator keeps to look through the queue with
CREATE TABLE kept_filter (
    id {serial},
    staff TEXT NOT NULL,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    UNIQUE (staff, name)
);

-- of a sanction: a folded name, or empty where it is a network's
ALTER TABLE sanction ADD COLUMN name TEXT NOT NULL DEFAULT '';
