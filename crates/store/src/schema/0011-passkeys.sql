-- Ways in without a password. What is kept is public: it checks, and opens nothing by itself.
CREATE TABLE passkey (
    id {serial},
    -- as its device names it
    credential {blob} NOT NULL UNIQUE,
    -- by which devices know whose it is: random, one for all of a person's
    handle {blob} NOT NULL,
    staff_id BIGINT REFERENCES staff (id),
    -- the public key with what never changes, as webauthn_rp 0.3 writes it
    key {blob} NOT NULL,
    -- how often it was used, as its device counts; 0 where it does not
    uses BIGINT NOT NULL,
    -- none, able or kept: whether there is a copy elsewhere, as its device says
    backup TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX passkey_of_staff ON passkey (staff_id);

-- What browsers were asked and have not answered; each is taken once, within five minutes.
CREATE TABLE passkey_challenge (
    id {serial},
    challenge {blob} NOT NULL UNIQUE,
    -- digest of what the asked browser alone holds
    holder TEXT NOT NULL,
    state {blob} NOT NULL,
    until BIGINT NOT NULL
);
CREATE INDEX passkey_challenge_until ON passkey_challenge (until);

-- Whether it began with a passkey.
ALTER TABLE session ADD COLUMN by_passkey BIGINT NOT NULL DEFAULT 0;
