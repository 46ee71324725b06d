-- What a look-up reads, apart from what it does not: two answers fit a page, and fewer pages are to be kept in memory.
CREATE TABLE answers (
    user_id     INTEGER PRIMARY KEY REFERENCES users (id),   -- of each name with a record
    is_active   INTEGER NOT NULL,   -- 0: the newest record says that the name is revoked or deleted
    key_rev     INTEGER NOT NULL,   -- which of the directory's RSA keys signed it
    signed_part BLOB    NOT NULL    -- the answer to a look-up without its freshness (RecordAnswer.SignedPart)
) STRICT;

INSERT INTO answers (user_id, is_active, key_rev, signed_part)
SELECT id, status = 'active', key_rev, signed_part FROM users WHERE rev IS NOT NULL ORDER BY id;

CREATE INDEX answers_key_rev ON answers (key_rev);   -- what an older key signed

DROP INDEX users_key_rev;
ALTER TABLE users DROP COLUMN signed_part;
ALTER TABLE users DROP COLUMN key_rev;
