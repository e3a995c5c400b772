-- Where comments came from, as prints: under the key of their day, the network around in front, so that one index
-- answers for all three. The last three are under the ban key and sealed with the day's: without that key they
-- are chance, whatever becomes of the rows.
CREATE TABLE comment_print (
    comment_id {pk},
    day BIGINT NOT NULL,
    at BIGINT NOT NULL,
    wide BIGINT NOT NULL,
    network BIGINT NOT NULL,
    address BIGINT NOT NULL,
    sealed_wide BIGINT NOT NULL,
    sealed_network BIGINT NOT NULL,
    sealed_address BIGINT NOT NULL
);
CREATE INDEX comment_print_from ON comment_print (day, wide, network, address, at);

-- A sanction against a mail domain; or against where a comment came from: address, network or wide, with the
-- print under the ban key, gone when it ends.
ALTER TABLE sanction ADD COLUMN domain TEXT NOT NULL DEFAULT '';
ALTER TABLE sanction ADD COLUMN reach TEXT NOT NULL DEFAULT '';
ALTER TABLE sanction ADD COLUMN print BIGINT;

-- Work that was shown once is not taken again.
CREATE TABLE spent_proof (digest BIGINT PRIMARY KEY, until BIGINT NOT NULL);
CREATE INDEX spent_proof_until ON spent_proof (until);

-- The key of bans: of a table of its own, so that a copy can leave it out.
CREATE TABLE ban_key (one BIGINT PRIMARY KEY, value {blob} NOT NULL);
