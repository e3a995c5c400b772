-- Paths that stories had where an archive brought them from, in the spelling in which they are looked for: whoever
-- follows an old link is led to the story.
CREATE TABLE moved (path TEXT PRIMARY KEY, story_id BIGINT NOT NULL REFERENCES story (id));
