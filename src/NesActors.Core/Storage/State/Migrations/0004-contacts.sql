-- What a person decides about contacts. One may be blocked or have another name whose keys were never seen; whether keys changed is told by those on offer.

CREATE TABLE contacts_now (
    user          TEXT    NOT NULL PRIMARY KEY,
    pinned        TEXT,                       -- fingerprint of the trusted keys
    offered       TEXT,                       -- of others that the directory shows now
    vouched       TEXT    NOT NULL CHECK (vouched IN ('none', 'plain', 'proved')),
    pinned_by     TEXT    NOT NULL CHECK (pinned_by IN ('first-seen', 'person', 'signed-change', 'imported')),
    verified      INTEGER NOT NULL,
    accepted      INTEGER NOT NULL,           -- by the person, or by writing
    blocked       INTEGER NOT NULL,
    alias         BLOB,                       -- sealed
    read_receipts INTEGER,
    first_seen    INTEGER NOT NULL,
    doubted       INTEGER,                    -- when a failed proof last led to a look-up
    CHECK (offered IS NULL OR pinned IS NOT NULL),
    CHECK (pinned IS NOT NULL OR NOT verified)
) STRICT, WITHOUT ROWID;

INSERT INTO contacts_now (user, pinned, offered, vouched, pinned_by, verified, accepted, blocked, first_seen)
SELECT user, pinned, offered, vouched, 'first-seen', 0, 0, 0, first_seen FROM contacts;
DROP TABLE contacts;
ALTER TABLE contacts_now RENAME TO contacts;

-- Whoever was written to is no stranger.
INSERT INTO contacts (user, vouched, pinned_by, verified, accepted, blocked, first_seen)
SELECT contact, 'none', 'first-seen', 0, 1, 0, unixepoch() * 1000
FROM (SELECT contact FROM numbering UNION SELECT contact FROM messages WHERE direction = 'outgoing') WHERE true
ON CONFLICT (user) DO UPDATE SET accepted = 1;

ALTER TABLE messages ADD COLUMN request INTEGER NOT NULL DEFAULT 0; -- incoming, and from a stranger then
