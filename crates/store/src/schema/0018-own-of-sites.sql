-- What a site sets for the discussions of its own pages, and a key that no copy of the paper has.

-- null: as the paper has it
ALTER TABLE site ADD COLUMN language TEXT;
-- thousandths of a risk
ALTER TABLE site ADD COLUMN hold_at BIGINT;
-- 0 for never
ALTER TABLE site ADD COLUMN closes_after_days BIGINT;
ALTER TABLE site ADD COLUMN first_held BIGINT;

-- Under it links are sealed that let somebody in or act for them, and soon end.
CREATE TABLE door_key (one BIGINT PRIMARY KEY, value {blob} NOT NULL);
