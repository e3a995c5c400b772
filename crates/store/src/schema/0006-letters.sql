-- Letters to readers and staff, webhooks, and what became of each.

CREATE TABLE subscription (
    id {serial},
    email TEXT NOT NULL,
    -- fate, answers: of_id is a comment; thread: a story; report: a report
    kind TEXT NOT NULL,
    of_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    -- the letter that asks was left
    asked_at BIGINT,
    confirmed_at BIGINT,
    ended_at BIGINT
);
CREATE UNIQUE INDEX subscription_once ON subscription (kind, of_id, email) WHERE ended_at IS NULL;
CREATE INDEX subscription_by_email ON subscription (email, at);
CREATE INDEX subscription_live ON subscription (kind, of_id) WHERE confirmed_at IS NOT NULL AND ended_at IS NULL;
CREATE INDEX subscription_unasked ON subscription (id) WHERE asked_at IS NULL;

-- No text: a letter is composed when it is sent, of what is so then.
CREATE TABLE letter (
    id {serial},
    -- what it is about and to whom: the same cause makes one letter, however often its job runs
    key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    -- the address until the letter is sent or given up, then empty
    recipient TEXT NOT NULL,
    mask TEXT NOT NULL,
    subscription_id BIGINT,
    about BIGINT NOT NULL,
    -- queued, sent, failed, dropped
    state TEXT NOT NULL,
    at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    -- somebody is sending it until then
    held_until BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    error TEXT NOT NULL
);
CREATE INDEX letter_at ON letter (at, id);

-- What a reader's next daily letter tells of.
CREATE TABLE digest_line (
    subscription_id BIGINT NOT NULL,
    comment_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (subscription_id, comment_id)
);

CREATE TABLE webhook (
    id {pk},
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    removed_at BIGINT
);
CREATE TABLE webhook_key (
    id {serial},
    webhook_id BIGINT NOT NULL REFERENCES webhook (id),
    value {blob} NOT NULL,
    -- null for the newest
    until BIGINT
);
CREATE INDEX webhook_key_of ON webhook_key (webhook_id);
CREATE TABLE delivery (
    id {serial},
    webhook_id BIGINT NOT NULL REFERENCES webhook (id),
    key TEXT NOT NULL,
    event TEXT NOT NULL,
    about BIGINT NOT NULL,
    state TEXT NOT NULL,
    at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    held_until BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    error TEXT NOT NULL
);
CREATE UNIQUE INDEX delivery_once ON delivery (webhook_id, key);
CREATE INDEX delivery_at ON delivery (at, id);
