-- From which network a mark came: a print under the key of a day, worthless once that is destroyed; empty where nobody
-- noted it.
ALTER TABLE valued ADD COLUMN network TEXT NOT NULL DEFAULT '';
CREATE INDEX valued_network ON valued (comment_id, network);
