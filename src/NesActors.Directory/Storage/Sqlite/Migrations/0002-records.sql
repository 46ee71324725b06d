-- Records with a revision, their history, freshness; recoveries; the queue of mails.
CREATE TABLE users_2 (
    id              INTEGER PRIMARY KEY,
    name            TEXT    NOT NULL,
    status          TEXT    NOT NULL CHECK (status IN ('pending', 'active', 'revoked', 'deleted')),
    email           TEXT,               -- erased when the user is deleted
    message_key     TEXT,               -- PEM; of a pending or an active user
    sign_key        TEXT,
    message_hash    TEXT,               -- SHA-256 of the SPKI, hexadecimal
    sign_hash       TEXT,
    registered_at   INTEGER NOT NULL,   -- times are Unix milliseconds
    activated_at    INTEGER,
    deleted_at      INTEGER,
    activation_hash BLOB,               -- SHA-256 of the link's token
    deletion_hash   BLOB,
    rev             INTEGER,            -- of the newest record; none while pending
    record_hash     TEXT,               -- what the next record's prev will be
    response_hash   TEXT,               -- SHA-256 of the newest record's bytes: what freshness is over
    signed_part     BLOB,               -- the answer to a look-up without its freshness (RecordAnswer.SignedPart)
    key_rev         INTEGER,            -- which of the directory's RSA keys signed it
    has_proof       INTEGER NOT NULL DEFAULT 0   -- 1: whoever registered signed with the sign key
) STRICT;

INSERT INTO users_2 (id, name, status, email, message_key, sign_key, registered_at, activated_at, deleted_at, activation_hash, deletion_hash)
SELECT id, name, status, email, message_key, sign_key, registered_at, activated_at, deleted_at, activation_hash, deletion_hash FROM users;

DROP TABLE users;
ALTER TABLE users_2 RENAME TO users;

CREATE UNIQUE INDEX users_name ON users (name);
CREATE INDEX users_pending ON users (registered_at) WHERE status = 'pending';
CREATE INDEX users_message_hash ON users (message_hash) WHERE status = 'active';
CREATE INDEX users_sign_hash ON users (sign_hash) WHERE status = 'active';
-- What an older key signed; and every name with a record, which the server reads when it starts.
CREATE INDEX users_key_rev ON users (key_rev, id, name) WHERE rev IS NOT NULL;

CREATE TABLE records (
    user_id       INTEGER NOT NULL REFERENCES users (id),
    rev           INTEGER NOT NULL,
    response      BLOB    NOT NULL,     -- the bytes as they were served
    origin        TEXT    NOT NULL CHECK (origin IN ('registration', 'change', 'recovery', 'revocation', 'deletion')),
    signature_old BLOB,
    signature_new BLOB,
    PRIMARY KEY (user_id, rev)
) STRICT;                               -- with rowid: three responses fit a page, where an index would put each on a page of its own

CREATE TABLE freshness (
    user_id    INTEGER PRIMARY KEY REFERENCES users (id),
    expires_at INTEGER NOT NULL,
    fresh      BLOB    NOT NULL         -- the value of fresh, JSON
) STRICT;

CREATE INDEX freshness_expires ON freshness (expires_at);

CREATE TABLE identity (                 -- one row: whose tables these are
    directory TEXT NOT NULL,            -- the directory's id
    fresh_key TEXT NOT NULL             -- hash of the Ed25519 key that signed what is in freshness
) STRICT;

CREATE TABLE recoveries (
    user_id      INTEGER PRIMARY KEY REFERENCES users (id),
    state        TEXT    NOT NULL CHECK (state IN ('requested', 'confirmed')),
    message_key  TEXT    NOT NULL,
    sign_key     TEXT    NOT NULL,
    message_hash TEXT    NOT NULL,
    sign_hash    TEXT    NOT NULL,
    requested_at INTEGER NOT NULL,
    confirmed_at INTEGER,
    confirm_hash BLOB    NOT NULL,      -- SHA-256 of the links' tokens
    cancel_hash  BLOB    NOT NULL
) STRICT;

CREATE INDEX recoveries_confirmed ON recoveries (confirmed_at) WHERE state = 'confirmed';

CREATE TABLE recovery_requests (
    number INTEGER NOT NULL             -- counts each, also one for a name that nobody has, so that both write and take about the same time
) STRICT;

INSERT INTO recovery_requests VALUES (0);

CREATE TABLE mails (
    id              INTEGER PRIMARY KEY,
    kind            TEXT    NOT NULL,
    name            TEXT    NOT NULL,   -- whose mails these are: who deletes the name drops what has not left yet
    sealed          BLOB    NOT NULL,   -- recipient and links, encrypted: they are secrets until the mail has left
    created_at      INTEGER NOT NULL,
    next_attempt_at INTEGER NOT NULL,
    attempts        INTEGER NOT NULL DEFAULT 0,
    last_error      TEXT
) STRICT;

CREATE INDEX mails_next_attempt ON mails (next_attempt_at);
CREATE INDEX mails_name ON mails (name);
