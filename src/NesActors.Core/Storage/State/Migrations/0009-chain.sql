-- What links messages of one numbering: each names the content hash (32 bytes) of the one before it.
ALTER TABLE numbering ADD COLUMN sent INTEGER;              -- the number of the last message that left, or may have
ALTER TABLE numbering ADD COLUMN sent_hash BLOB;            -- and its content hash
ALTER TABLE received ADD COLUMN up_to_hash BLOB;            -- of the message of the number up_to; null: not known

-- Incoming, after another message than its sender wrote before it.
ALTER TABLE messages ADD COLUMN breaks_chain INTEGER NOT NULL DEFAULT 0;
