-- Times are Unix milliseconds. Every hash is 64 lower-case hexadecimal digits.

CREATE TABLE contacts (
    user       TEXT    NOT NULL PRIMARY KEY,
    trust      TEXT    NOT NULL CHECK (trust IN ('pinned', 'changed')),
    pinned     TEXT    NOT NULL,            -- fingerprint of the trusted keys
    offered    TEXT,                        -- of others that the directory shows now
    vouched    TEXT    NOT NULL CHECK (vouched IN ('none', 'plain', 'proved')),
    first_seen INTEGER NOT NULL,
    CHECK ((trust = 'changed') = (offered IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- One row for each directory that proves its records, by the key that the person configured.
CREATE TABLE directories (
    anchor       TEXT    NOT NULL PRIMARY KEY, -- hash of that key
    address      TEXT    NOT NULL,
    dir          TEXT    NOT NULL,             -- the directory's id
    rev          INTEGER NOT NULL,             -- how often its RSA key was changed
    key          TEXT    NOT NULL,             -- the newest, SPKI in PEM
    fresh_key    BLOB    NOT NULL,             -- Ed25519, 32 bytes
    issued       INTEGER NOT NULL,             -- of the newest document
    expires      INTEGER NOT NULL,
    proves_since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The newest record seen of each user: it never goes back.
CREATE TABLE records (
    dir     TEXT    NOT NULL,
    user    TEXT    NOT NULL,
    rev     INTEGER NOT NULL,
    hash    TEXT    NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (dir, user)
) STRICT, WITHOUT ROWID;
