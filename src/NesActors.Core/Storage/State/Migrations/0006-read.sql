-- The place in the sender's numbering: of what arrived, and of what was delivered. What was read is told by it.
ALTER TABLE messages ADD COLUMN stream BLOB;
ALTER TABLE messages ADD COLUMN number INTEGER;
CREATE INDEX messages_delivered ON messages (contact, number) WHERE state = 'delivered' AND number IS NOT NULL;
