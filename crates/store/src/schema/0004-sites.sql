-- Other sites whose pages are discussed here, and what writers did with their own comments.

CREATE TABLE site (
    id {serial},
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    -- how a new discussion of its pages begins
    mode TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE TABLE site_origin (
    site_id BIGINT NOT NULL REFERENCES site (id),
    origin TEXT NOT NULL,
    PRIMARY KEY (site_id, origin)
);

-- The page that a story of status `outside` stands for. The site may be gone; the discussion stays.
CREATE TABLE outside (
    story_id BIGINT PRIMARY KEY REFERENCES story (id),
    site_key TEXT NOT NULL,
    -- the page's own number or word, or its address: `id:…`, `url:…`
    page TEXT NOT NULL,
    link TEXT NOT NULL
);
CREATE UNIQUE INDEX outside_page ON outside (site_key, page);

ALTER TABLE comment ADD COLUMN edited_at BIGINT;

-- What a comment said before its writer changed or withdrew it, for moderators.
CREATE TABLE revision (
    id {serial},
    comment_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    -- changed or withdrew
    act TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX revision_of_comment ON revision (comment_id, id);
