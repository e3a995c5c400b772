-- The rules that hold under other sites' pages as they were from each day on, beside the paper's own.

-- empty for the paper's own; else the key of the site, which may be gone
ALTER TABLE house_rules ADD COLUMN site TEXT NOT NULL DEFAULT '';
CREATE INDEX house_rules_of ON house_rules (site, id);
