-- The table of SQLite's script 0003, where it is explained.
CREATE TABLE answers (
    user_id     BIGINT PRIMARY KEY REFERENCES users (id),
    is_active   BIGINT NOT NULL,
    key_rev     BIGINT NOT NULL,
    signed_part BYTEA  NOT NULL
);

-- A row stays in one piece as long as a page takes it: else a look-up would fetch signed_part from a second table.
ALTER TABLE answers SET (toast_tuple_target = 8160);
ALTER TABLE users RESET (toast_tuple_target);

INSERT INTO answers (user_id, is_active, key_rev, signed_part)
SELECT id, CASE status WHEN 'active' THEN 1 ELSE 0 END, key_rev, signed_part FROM users WHERE rev IS NOT NULL ORDER BY id;

CREATE INDEX answers_key_rev ON answers (key_rev);

DROP INDEX users_key_rev;
ALTER TABLE users DROP COLUMN signed_part, DROP COLUMN key_rev;

-- From the name to the id without the row.
CREATE UNIQUE INDEX users_name_id ON users (name) INCLUDE (id);
DROP INDEX users_name;
ALTER INDEX users_name_id RENAME TO users_name;
