-- What came by import, of an archive or of saved pages (of those that an earlier version brought nothing tells): it was
-- written elsewhere, was never new to the moderators here, and another story of an archive is not the same, wherever it
-- was read before.
ALTER TABLE comment ADD COLUMN brought BIGINT NOT NULL DEFAULT 0;
ALTER TABLE story ADD COLUMN brought BIGINT NOT NULL DEFAULT 0;

UPDATE comment SET brought = 1, unread = 0 WHERE id IN (SELECT id FROM brought);
UPDATE story SET brought = 1 WHERE id IN (SELECT id FROM brought);
