-- By which ruling a report, an appeal or a second opinion was settled: two rulings may fall in one millisecond. Null
-- while it waits, and where its writer withdrew the comment.
ALTER TABLE report ADD COLUMN ruling_id BIGINT;
ALTER TABLE appeal ADD COLUMN ruling_id BIGINT;
ALTER TABLE doubt ADD COLUMN ruling_id BIGINT;

-- Until now the moment said it. Of several rulings of that moment the first settled what waited.
UPDATE report SET ruling_id = (SELECT MIN(r.id) FROM ruling r WHERE r.comment_id = report.comment_id
    AND r.at = report.decided_at AND r.ruling = report.outcome);
UPDATE appeal SET ruling_id = (SELECT MIN(r.id) FROM ruling r WHERE r.comment_id = appeal.comment_id
    AND r.at = appeal.decided_at AND r.staff = appeal.judge AND r.ruling IN ('show', 'remove', 'cut', 'undo'));
UPDATE doubt SET ruling_id = (SELECT MIN(r.id) FROM ruling r WHERE r.comment_id = doubt.comment_id
    AND r.at = doubt.decided_at AND r.ruling IN ('show', 'remove', 'cut'));

-- From one network to the next among what waits, past whatever was decided.
CREATE INDEX report_open_network ON report (comment_id, network) WHERE decided_at IS NULL;

-- What a name looks like as it was given, where that is not its own look, is a row as well: it says here under which
-- look the name is kept. Nobody else may look like that either. Those of names that are there come in at the start.
ALTER TABLE reader_name ADD COLUMN kept_under TEXT;
-- Whoever takes a name waits here for whoever is taking one.
INSERT INTO setting (key, value) VALUES ('names', '');
