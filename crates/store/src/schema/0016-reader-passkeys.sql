-- A passkey is somebody's of the staff, or a way into a reader's account; then staff_id is empty.
ALTER TABLE passkey ADD COLUMN way_id BIGINT REFERENCES reader_way (id);
CREATE UNIQUE INDEX passkey_of_way ON passkey (way_id) WHERE way_id IS NOT NULL;
