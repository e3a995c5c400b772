-- A name as it was given, and from when on it is nobody's: its account has ended and left its comments.
ALTER TABLE reader_name ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE reader_name ADD COLUMN free_at BIGINT;
CREATE INDEX reader_name_free ON reader_name (free_at) WHERE free_at IS NOT NULL;
-- Which name a look is of, an account with one name can say. A name rests for a year from its account's end.
UPDATE reader_name SET
    free_at = (SELECT r.ended_at + 31536000000 FROM reader r WHERE r.id = reader_name.reader_id),
    name = CASE WHEN (SELECT count(*) FROM reader_name o WHERE o.reader_id = reader_name.reader_id) = 1
        THEN (SELECT r.name FROM reader r WHERE r.id = reader_name.reader_id) ELSE '' END;

-- What becomes of the comments of an account that has ended, leave or erase, until that is done.
ALTER TABLE reader ADD COLUMN ending TEXT;
CREATE INDEX reader_ending ON reader (ended_at) WHERE ending IS NOT NULL;
-- One whose job was given up before this is taken up again; with its comments its names went, too.
UPDATE reader SET ending = CASE WHEN EXISTS (SELECT 1 FROM reader_name n WHERE n.reader_id = reader.id)
        THEN 'leave' ELSE 'erase' END
    WHERE ended_at IS NOT NULL AND EXISTS (SELECT 1 FROM comment c WHERE c.reader_id = reader.id);

-- Where a browser was asked: strangers at one door do not push out what was asked at another.
ALTER TABLE passkey_challenge ADD COLUMN door TEXT NOT NULL DEFAULT '';
CREATE INDEX passkey_challenge_at ON passkey_challenge (door, id);
