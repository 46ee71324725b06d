-- Who is told of events by HTTP. What an event says is never here: it is read from the session's own store, where texts are sealed.
CREATE TABLE webhooks (
  id            TEXT NOT NULL PRIMARY KEY,
  name          TEXT,
  url           TEXT NOT NULL,
  secret        BLOB NOT NULL CHECK (length(secret) = 32),     -- as it is: signing needs it
  old_secret    BLOB CHECK (length(old_secret) = 32),          -- signs too until then
  old_until     INTEGER,                                       -- milliseconds since 1970, UTC, like all times here
  events        INTEGER NOT NULL,                              -- the kinds of events, one bit each
  created_at    INTEGER NOT NULL,
  status        TEXT NOT NULL CHECK (status IN ('enabled', 'disabled', 'gone', 'failing')),
  position      INTEGER,                                       -- the last event of the log that was tried or is not asked for; NULL: where the next session begins
  delivered_at  INTEGER,                                       -- when the receiver took something last
  failing_since INTEGER,                                       -- the first failure after that
  discarded     INTEGER NOT NULL DEFAULT 0,                    -- dead letters that made room for later ones
  skipped       INTEGER NOT NULL DEFAULT 0                     -- events that were deleted before they were taken
) STRICT;

-- Events that were tried and not taken: places in the session's log.
CREATE TABLE webhook_deliveries (
  webhook   TEXT NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
  event     INTEGER NOT NULL,
  type      INTEGER NOT NULL,                                  -- the bit of its kind
  attempts  INTEGER NOT NULL,
  failure   TEXT NOT NULL,                                     -- why it was not taken the last time
  failed_at INTEGER NOT NULL,
  next_at   INTEGER,                                           -- when it is tried again; NULL: it is dead
  replayed  INTEGER NOT NULL DEFAULT 0,                        -- dead, and to be tried once more now
  PRIMARY KEY (webhook, event)
) STRICT, WITHOUT ROWID;
