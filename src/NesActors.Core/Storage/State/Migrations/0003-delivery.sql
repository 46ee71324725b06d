-- Who has got what. Streams are 16 bytes, content hashes 32.

-- Which installation the numbering below belongs to: on another, or after a restore, it begins anew.
CREATE TABLE installation (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    id  TEXT    NOT NULL
) STRICT;

-- Our numbering for each contact that we have written to.
CREATE TABLE numbering (
    contact TEXT    NOT NULL PRIMARY KEY,
    stream  BLOB    NOT NULL,
    last    INTEGER NOT NULL                  -- the highest number given
) STRICT, WITHOUT ROWID;

ALTER TABLE outbox ADD COLUMN stream BLOB;
ALTER TABLE outbox ADD COLUMN number INTEGER;

-- What has left, or may have, and was not confirmed by the recipient.
CREATE TABLE unconfirmed (
    id           INTEGER NOT NULL PRIMARY KEY, -- that of the message
    contact      TEXT    NOT NULL,
    stream       BLOB    NOT NULL,
    number       INTEGER NOT NULL,
    content      BLOB    NOT NULL,             -- as in the outbox, sealed for the same place
    content_hash BLOB    NOT NULL,
    frame        BLOB    NOT NULL,
    recipient    TEXT    NOT NULL
) STRICT;
CREATE INDEX unconfirmed_by_contact ON unconfirmed (contact, id);

-- What arrived of each contact's numbering.
CREATE TABLE received (
    contact TEXT    NOT NULL,
    stream  BLOB    NOT NULL,
    up_to   INTEGER NOT NULL,
    beyond  BLOB    NOT NULL,                  -- number and hash of what arrived beyond a gap
    arrival INTEGER NOT NULL,                  -- grows with each arrival from the contact
    PRIMARY KEY (contact, stream)
) STRICT, WITHOUT ROWID;
