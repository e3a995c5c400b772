-- Closed threads, second opinions that a ruling taken back brings back, and from which network a report came.

-- of a thread's root: nobody replies in it
ALTER TABLE comment ADD COLUMN closed BIGINT NOT NULL DEFAULT 0;

-- the moment of the ruling that answered it
ALTER TABLE doubt ADD COLUMN decided_at BIGINT;
DROP INDEX doubt_at;
CREATE INDEX doubt_open ON doubt (at, comment_id) WHERE decided_at IS NULL;

-- a print of the network around the reporter, under the key of a day; empty where nobody noted it
ALTER TABLE report ADD COLUMN network TEXT NOT NULL DEFAULT '';
CREATE INDEX report_network ON report (comment_id, network, id);

-- a warning that is taken back changes no comment either, and has a word of its own
UPDATE ruling SET ruling = 'undo-warn' WHERE ruling = 'undo' AND 'warn' = (SELECT p.ruling FROM ruling p
    WHERE p.comment_id = ruling.comment_id AND p.id < ruling.id ORDER BY p.id DESC LIMIT 1);
