-- What was asked for under an Idempotency-Key, for a day. Of a key that cannot be guessed neither it nor the text can be found again from this.
CREATE TABLE idempotency (
  id         BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 32),        -- SHA-256 of token and key
  token      TEXT NOT NULL,                                            -- the token's id; empty: the socket
  request    BLOB NOT NULL CHECK (length(request) = 32),               -- HMAC-SHA-256 of what was asked for, under the key
  messages   BLOB NOT NULL CHECK (length(messages) % 16 = 0),          -- the ids of the messages, one for each recipient
  answer     TEXT,                                                     -- JSON: how it ended for each; NULL: not known yet
  created_at INTEGER NOT NULL                                          -- milliseconds since 1970, UTC
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_by_age ON idempotency (created_at);
