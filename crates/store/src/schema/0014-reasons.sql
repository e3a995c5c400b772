-- Why comments are removed, as far as the paper has changed or added to the reasons that come with the program.
-- A ruling names a reason by its code; none is ever deleted, only taken out of use.
CREATE TABLE reason (
    code TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    -- 'rule' of the house, or 'law'.
    ground TEXT NOT NULL,
    -- Name and number of the rule, or of the law and its article.
    source TEXT NOT NULL,
    offered BIGINT NOT NULL,
    in_use BIGINT NOT NULL,
    -- When it was added, or first changed.
    at BIGINT NOT NULL
);
-- Its words in a language, as far as they are the paper's own.
CREATE TABLE reason_wording (
    code TEXT NOT NULL REFERENCES reason (code),
    language TEXT NOT NULL,
    sentence TEXT NOT NULL,
    choice TEXT NOT NULL,
    PRIMARY KEY (code, language)
);
