-- Who says that a writer is whom they say: mail (the address given answered), site (the host site's token).
ALTER TABLE comment ADD COLUMN vouched TEXT;

-- Keys by which a site vouches for its readers.
CREATE TABLE site_key (
    id {serial},
    site_id BIGINT NOT NULL REFERENCES site (id),
    kid TEXT NOT NULL,
    -- HS256, RS256, ES256, EdDSA
    alg TEXT NOT NULL,
    -- the shared secret, or a public key as PEM
    value {blob} NOT NULL,
    created_at BIGINT NOT NULL,
    -- null where no end is set
    until BIGINT,
    UNIQUE (site_id, kid)
);
