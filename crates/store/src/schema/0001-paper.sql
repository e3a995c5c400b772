-- The whole paper. One text for both databases; the words in braces are filled in by `dialect`.
-- Moments are milliseconds since 1970 UTC, days are text 2013-03-06, truths are 0 or 1.

CREATE TABLE id_block (one BIGINT PRIMARY KEY, next BIGINT NOT NULL);
INSERT INTO id_block (one, next) VALUES (1, 1);

CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE secret (name TEXT PRIMARY KEY, value {blob} NOT NULL);

CREATE TABLE section (slug TEXT PRIMARY KEY, name TEXT NOT NULL, position BIGINT NOT NULL);
CREATE TABLE topic (slug TEXT PRIMARY KEY, name TEXT NOT NULL);

CREATE TABLE story (
    id {pk},
    edition BIGINT NOT NULL,
    status TEXT NOT NULL,
    headline TEXT NOT NULL,
    kicker TEXT NOT NULL,
    standfirst TEXT NOT NULL,
    byline TEXT NOT NULL,
    dateline_place TEXT NOT NULL,
    dateline_date TEXT NOT NULL,
    dateline_day TEXT,
    dateline_agency TEXT NOT NULL,
    dateline_dash TEXT NOT NULL,
    dateline_raw TEXT NOT NULL,
    body TEXT NOT NULL,
    summary TEXT NOT NULL,
    agency TEXT NOT NULL,
    language TEXT NOT NULL,
    section TEXT NOT NULL REFERENCES section (slug),
    day TEXT,
    slug TEXT,
    created_at BIGINT NOT NULL,
    published_at BIGINT,
    changed_at BIGINT,
    embargo_until BIGINT,
    scheduled_for BIGINT,
    urgency BIGINT NOT NULL,
    slugline TEXT NOT NULL,
    ednote TEXT NOT NULL,
    usage_terms TEXT NOT NULL,
    source_uri TEXT,
    source_version BIGINT,
    source_digest TEXT
);
CREATE UNIQUE INDEX story_address ON story (day, slug) WHERE slug IS NOT NULL;
CREATE UNIQUE INDEX story_source ON story (source_uri) WHERE source_uri IS NOT NULL;
CREATE INDEX story_published ON story (published_at, id) WHERE status = 'published';
CREATE INDEX story_of_section ON story (section, published_at, id) WHERE status = 'published';
CREATE INDEX story_by_status ON story (status, created_at, id);
CREATE INDEX story_scheduled ON story (scheduled_for) WHERE status = 'scheduled';

-- When a story is published its topics and authors carry the time, so that their pages are one index walk.
CREATE TABLE story_topic (
    story_id BIGINT NOT NULL REFERENCES story (id),
    topic TEXT NOT NULL REFERENCES topic (slug),
    position BIGINT NOT NULL,
    published_at BIGINT,
    PRIMARY KEY (story_id, topic)
);
CREATE INDEX story_topic_published ON story_topic (topic, published_at, story_id) WHERE published_at IS NOT NULL;
CREATE TABLE story_author (
    story_id BIGINT NOT NULL REFERENCES story (id),
    author TEXT NOT NULL,
    name TEXT NOT NULL,
    published_at BIGINT,
    PRIMARY KEY (story_id, author)
);
CREATE INDEX story_author_published ON story_author (author, published_at, story_id) WHERE published_at IS NOT NULL;

CREATE TABLE photo (
    id {serial},
    story_id BIGINT NOT NULL REFERENCES story (id),
    position BIGINT NOT NULL,
    digest TEXT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    renditions TEXT NOT NULL,
    caption TEXT NOT NULL,
    alt TEXT NOT NULL,
    agency TEXT NOT NULL,
    photographer TEXT NOT NULL
);
CREATE INDEX photo_of_story ON photo (story_id, position);
CREATE INDEX photo_by_digest ON photo (digest);

CREATE TABLE notice (
    id {serial},
    story_id BIGINT NOT NULL REFERENCES story (id),
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX notice_of_story ON notice (story_id, at, id);

-- Months with published stories, so that the sitemap index never counts the archive.
CREATE TABLE sitemap_month (month TEXT PRIMARY KEY, stories BIGINT NOT NULL, changed_at BIGINT NOT NULL);

-- What came by wire, as received.
CREATE TABLE item (
    id {serial},
    uri TEXT NOT NULL,
    version BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    story_id BIGINT,
    note TEXT NOT NULL,
    bytes {blob} NOT NULL
);
CREATE INDEX item_by_uri ON item (uri, received_at);
CREATE INDEX item_of_story ON item (story_id, received_at);

CREATE TABLE discussion (
    story_id BIGINT PRIMARY KEY REFERENCES story (id),
    mode TEXT NOT NULL,
    shown BIGINT NOT NULL,
    held BIGINT NOT NULL,
    removed BIGINT NOT NULL,
    said_at_source BIGINT
);

CREATE TABLE comment (
    id {pk},
    story_id BIGINT NOT NULL,
    root_id BIGINT NOT NULL,
    parent_id BIGINT,
    state TEXT NOT NULL,
    -- 1 where readers find it in its thread: shown, or removed with replies standing under it
    listed BIGINT NOT NULL,
    at BIGINT NOT NULL,
    name TEXT NOT NULL,
    network TEXT NOT NULL,
    text TEXT NOT NULL,
    replies BIGINT NOT NULL,
    valued BIGINT NOT NULL,
    staff BIGINT NOT NULL,
    reason TEXT,
    -- why it was held, in words; risks as JSON; both empty for most
    held_why TEXT,
    risks TEXT
);
CREATE INDEX comment_root_at ON comment (story_id, at, id) WHERE parent_id IS NULL AND listed = 1;
CREATE INDEX comment_root_replies ON comment (story_id, replies, id) WHERE parent_id IS NULL AND listed = 1;
CREATE INDEX comment_root_valued ON comment (story_id, valued, id) WHERE parent_id IS NULL AND listed = 1;
CREATE INDEX comment_reply_at ON comment (root_id, at, id) WHERE parent_id IS NOT NULL AND listed = 1;
CREATE INDEX comment_child ON comment (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX comment_held ON comment (id) WHERE state = 'held';
CREATE INDEX comment_removed ON comment (id) WHERE state = 'removed';

-- The same words under the same story within the policy's time are refused; rows older than that are swept.
CREATE TABLE recent_text (
    story_id BIGINT NOT NULL,
    digest BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (story_id, digest)
);
CREATE INDEX recent_text_at ON recent_text (at);

CREATE TABLE valued (comment_id BIGINT NOT NULL, voter TEXT NOT NULL, PRIMARY KEY (comment_id, voter));

CREATE TABLE ruling (
    id {serial},
    comment_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    staff TEXT NOT NULL,
    ruling TEXT NOT NULL,
    reason TEXT,
    note TEXT NOT NULL
);
CREATE INDEX ruling_of_comment ON ruling (comment_id, at, id);

CREATE TABLE sanction (
    id {serial},
    network TEXT NOT NULL,
    refuse BIGINT NOT NULL,
    until BIGINT NOT NULL,
    at BIGINT NOT NULL,
    staff TEXT NOT NULL,
    note TEXT NOT NULL
);
CREATE INDEX sanction_until ON sanction (until);

CREATE TABLE staff (
    id {serial},
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    password TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    disabled_at BIGINT
);
CREATE TABLE session (
    id {serial},
    digest TEXT NOT NULL UNIQUE,
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    browser TEXT NOT NULL
);
CREATE INDEX session_of_staff ON session (staff_id);
CREATE TABLE token (
    id {serial},
    name TEXT NOT NULL UNIQUE,
    scope TEXT NOT NULL,
    digest TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);

-- What must happen later; written in the transaction that makes it necessary. A job may run twice.
CREATE TABLE job (
    id {serial},
    kind TEXT NOT NULL,
    args TEXT NOT NULL,
    run_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    error TEXT
);
CREATE INDEX job_due ON job (run_at, id);

-- What each commit touched, so that every node forgets what is stale.
CREATE TABLE change (seq {serial}, node BIGINT NOT NULL, at BIGINT NOT NULL, touches TEXT NOT NULL);

-- Who of the staff did what.
CREATE TABLE log (id {serial}, at BIGINT NOT NULL, who TEXT NOT NULL, act TEXT NOT NULL, what TEXT NOT NULL);
CREATE INDEX log_at ON log (at);
CREATE INDEX log_of ON log (what, at);

-- The search index: terms under a number that begins with the time, so that the newest come first.
CREATE TABLE search_doc (
    doc {pk},
    story_id BIGINT NOT NULL,
    -- null where the document is the story itself
    comment_id BIGINT
);
CREATE INDEX search_doc_of_story ON search_doc (story_id, comment_id);
{search}
