-- What was said is sealed under the key in store.key, row by row, and bound to its place: the message's id, its contact, its direction.
-- Times are Unix milliseconds.

-- Which key that is: it recognises another one, and that it is missing.
CREATE TABLE store_key (
    one   INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    proof BLOB    NOT NULL
) STRICT;

-- Frames as they came, acknowledged to the broker and not yet looked through.
CREATE TABLE spool (
    id    INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    frame BLOB    NOT NULL
) STRICT;

-- What was received, by a keyed hash of sender and content. It outlives the messages: what is deleted here must not come back by being sent again.
CREATE TABLE seen (
    hash BLOB NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE messages (
    id                INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- the order in which they were stored; pages go by it
    message           BLOB    NOT NULL UNIQUE,                    -- the id that the program knows it by, 16 bytes
    contact           TEXT    NOT NULL,
    direction         TEXT    NOT NULL CHECK (direction IN ('incoming', 'outgoing')),
    sent_at           INTEGER NOT NULL,
    recorded_at       INTEGER NOT NULL,
    state             TEXT    NOT NULL,
    failure           TEXT,
    detail            TEXT,
    under_changed_key INTEGER NOT NULL,
    out_of_time       INTEGER NOT NULL,
    text              BLOB                                        -- sealed; null where no history is kept
) STRICT;
CREATE INDEX messages_by_contact ON messages (contact, id);
CREATE INDEX messages_unread ON messages (contact) WHERE state = 'received';
CREATE INDEX messages_without_text ON messages (id) WHERE text IS NULL;

-- What is not yet settled: the row goes with the message's last state.
CREATE TABLE outbox (
    id           INTEGER NOT NULL PRIMARY KEY,                    -- that of the message
    content      BLOB,                                            -- as composed, sealed
    content_hash BLOB,
    frame        BLOB,                                            -- as published last
    recipient    TEXT,                                            -- fingerprint of the keys that the frame is for
    leaving      INTEGER NOT NULL DEFAULT 0                       -- whether the frame may have left
) STRICT;

-- The one log that all front-ends read; the id is the cursor.
CREATE TABLE events (
    id      INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    kind    TEXT    NOT NULL CHECK (kind IN ('received', 'state', 'contact', 'connection')),
    message INTEGER,                                              -- messages.id
    contact TEXT,
    state   TEXT,                                                 -- of the message or the connection, then
    failure TEXT,
    detail  TEXT
) STRICT;
CREATE INDEX events_by_message ON events (message) WHERE message IS NOT NULL;
CREATE INDEX events_passing ON events (at) WHERE message IS NULL;

-- Contacts whose messages are deleted after a time.
CREATE TABLE disappearing (
    contact TEXT    NOT NULL PRIMARY KEY,
    after   INTEGER NOT NULL                                      -- seconds
) STRICT, WITHOUT ROWID;
