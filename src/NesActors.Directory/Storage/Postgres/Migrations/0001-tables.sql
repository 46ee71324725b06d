-- The tables of SQLite's scripts 0001 and 0002, where the columns are explained.
CREATE TABLE users (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name            TEXT COLLATE "C" NOT NULL,
    status          TEXT   NOT NULL CHECK (status IN ('pending', 'active', 'revoked', 'deleted')),
    email           TEXT,
    message_key     TEXT,
    sign_key        TEXT,
    message_hash    TEXT,
    sign_hash       TEXT,
    registered_at   BIGINT NOT NULL,
    activated_at    BIGINT,
    deleted_at      BIGINT,
    activation_hash BYTEA,
    deletion_hash   BYTEA,
    rev             BIGINT,
    record_hash     TEXT,
    response_hash   TEXT,
    signed_part     BYTEA,
    key_rev         BIGINT,
    has_proof       BIGINT NOT NULL DEFAULT 0
);

CREATE UNIQUE INDEX users_name ON users (name);
CREATE INDEX users_pending ON users (registered_at) WHERE status = 'pending';
CREATE INDEX users_message_hash ON users (message_hash) WHERE status = 'active';
CREATE INDEX users_sign_hash ON users (sign_hash) WHERE status = 'active';
CREATE INDEX users_key_rev ON users (key_rev, id) INCLUDE (name) WHERE rev IS NOT NULL;

-- A row stays in one piece as long as a page takes it: else a look-up would fetch signed_part from a second table.
ALTER TABLE users SET (toast_tuple_target = 8160);

CREATE TABLE records (
    user_id       BIGINT NOT NULL REFERENCES users (id),
    rev           BIGINT NOT NULL,
    response      BYTEA  NOT NULL,
    origin        TEXT   NOT NULL CHECK (origin IN ('registration', 'change', 'recovery', 'revocation', 'deletion')),
    signature_old BYTEA,
    signature_new BYTEA,
    PRIMARY KEY (user_id, rev)
);

CREATE TABLE freshness (
    user_id    BIGINT PRIMARY KEY REFERENCES users (id),
    expires_at BIGINT NOT NULL,
    fresh      BYTEA  NOT NULL
);

CREATE INDEX freshness_expires ON freshness (expires_at);

CREATE TABLE identity (
    directory TEXT NOT NULL,
    fresh_key TEXT NOT NULL
);

CREATE TABLE recoveries (
    user_id      BIGINT PRIMARY KEY REFERENCES users (id),
    state        TEXT   NOT NULL CHECK (state IN ('requested', 'confirmed')),
    message_key  TEXT   NOT NULL,
    sign_key     TEXT   NOT NULL,
    message_hash TEXT   NOT NULL,
    sign_hash    TEXT   NOT NULL,
    requested_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    confirm_hash BYTEA  NOT NULL,
    cancel_hash  BYTEA  NOT NULL
);

CREATE INDEX recoveries_confirmed ON recoveries (confirmed_at) WHERE state = 'confirmed';

CREATE TABLE recovery_requests (
    number BIGINT NOT NULL
);

INSERT INTO recovery_requests VALUES (0);

CREATE TABLE mails (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind            TEXT   NOT NULL,
    name            TEXT   NOT NULL,
    sealed          BYTEA  NOT NULL,
    created_at      BIGINT NOT NULL,
    next_attempt_at BIGINT NOT NULL,
    attempts        BIGINT NOT NULL DEFAULT 0,
    last_error      TEXT
);

CREATE INDEX mails_next_attempt ON mails (next_attempt_at);
CREATE INDEX mails_name ON mails (name);
