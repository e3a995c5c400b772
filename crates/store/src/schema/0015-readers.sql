-- Readers who want an account: its name, the ways in, where it is signed in, and what the desk gave it.

CREATE TABLE reader (
    id {pk},
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- by its holder; the name is then empty
    ended_at BIGINT,
    -- words beside the name, until a moment
    badge TEXT,
    badge_until BIGINT,
    -- newsroom::discussion::Regard, until a moment
    regard TEXT,
    regard_until BIGINT
);

-- Every name that an account has had: what was written under it still stands.
CREATE TABLE reader_name (
    -- newsroom::discussion::name::look
    look TEXT PRIMARY KEY,
    reader_id BIGINT NOT NULL REFERENCES reader (id)
);
CREATE INDEX reader_name_of ON reader_name (reader_id);

CREATE TABLE reader_way (
    id {serial},
    reader_id BIGINT NOT NULL REFERENCES reader (id),
    -- mail, oidc, passkey
    kind TEXT NOT NULL,
    -- keyed, of the address or of issuer and subject: none can be found from it
    digest TEXT NOT NULL,
    -- in words: the masked address, the provider's label
    label TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    UNIQUE (kind, digest)
);
CREATE INDEX reader_way_of ON reader_way (reader_id);

CREATE TABLE reader_session (
    id {serial},
    digest TEXT NOT NULL UNIQUE,
    reader_id BIGINT NOT NULL REFERENCES reader (id),
    way_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    browser TEXT NOT NULL
);
CREATE INDEX reader_session_of ON reader_session (reader_id);
CREATE INDEX reader_session_seen ON reader_session (seen_at);

-- Somebody at the door, who has shown who they are or is about to by a letter's link; once, and not for long.
CREATE TABLE reader_knock (
    id {serial},
    kind TEXT NOT NULL,
    digest TEXT NOT NULL,
    label TEXT NOT NULL,
    -- what the provider calls them
    name TEXT NOT NULL,
    -- the account that asked for another way in
    reader_id BIGINT,
    at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX reader_knock_by ON reader_knock (digest, at);
CREATE INDEX reader_knock_at ON reader_knock (at);

-- the account a comment was written from, and newsroom::discussion::Badge as it was then
ALTER TABLE comment ADD COLUMN reader_id BIGINT;
ALTER TABLE comment ADD COLUMN badge TEXT;
CREATE INDEX comment_of_reader ON comment (reader_id, id) WHERE reader_id IS NOT NULL;
