-- A name once active is never given away: a deleted user keeps its row, emptied of all but the name.
CREATE TABLE users (
    id              INTEGER PRIMARY KEY,
    name            TEXT    NOT NULL,
    status          TEXT    NOT NULL CHECK (status IN ('pending', 'active', 'deleted')),
    email           TEXT,
    message_key     TEXT,
    sign_key        TEXT,
    registered_at   INTEGER NOT NULL,   -- times are Unix milliseconds
    activated_at    INTEGER,
    deleted_at      INTEGER,
    activation_hash BLOB,               -- SHA-256 of the link's token
    deletion_hash   BLOB,
    answer          BLOB                -- what a look-up is answered with, signed; present while active
) STRICT;

CREATE UNIQUE INDEX users_name ON users (name);
CREATE INDEX users_pending ON users (registered_at) WHERE status = 'pending';
