-- What was brought from other systems' archives, so that twice is once: the beginning of a SHA-256 of the system,
-- the page and the number there, and the story or comment here.
CREATE TABLE brought (digest BIGINT PRIMARY KEY, id BIGINT NOT NULL);
