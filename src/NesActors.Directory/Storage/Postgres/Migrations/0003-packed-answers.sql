-- The table of SQLite's script 0004, where it is explained.
CREATE TABLE packed_answers (
    user_id   BIGINT PRIMARY KEY REFERENCES users (id),
    is_active BIGINT NOT NULL,
    key_rev   BIGINT NOT NULL,
    packed    BYTEA  NOT NULL
);

ALTER TABLE packed_answers SET (toast_tuple_target = 8160);
