-- Who may use the gateway by the network. The token itself is nowhere: what is kept is its SHA-256.
CREATE TABLE tokens (
  id         TEXT NOT NULL PRIMARY KEY,
  name       TEXT NOT NULL,
  hash       BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
  scopes     INTEGER NOT NULL,
  recipients TEXT,                       -- usernames with a blank between; NULL: anybody
  created_at INTEGER NOT NULL,           -- milliseconds since 1970, UTC
  expires_at INTEGER
) STRICT;
