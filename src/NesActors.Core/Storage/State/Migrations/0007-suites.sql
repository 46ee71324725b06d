-- The best suite that was seen of a contact, over the one in which the keys are pinned, and what its keys are.
ALTER TABLE contacts ADD COLUMN suite TEXT;
ALTER TABLE contacts ADD COLUMN suite_keys TEXT;                             -- fingerprint; stays where the suite was left
ALTER TABLE contacts ADD COLUMN suite_revision INTEGER NOT NULL DEFAULT 0;   -- of the newest statement under these keys
ALTER TABLE contacts ADD COLUMN suite_refusal TEXT NOT NULL DEFAULT 'none' CHECK (suite_refusal IN ('none', 'missing', 'older'));
ALTER TABLE contacts ADD COLUMN offered_suite TEXT;                          -- the suite that the keys on offer are for; null: they are others in the place of the pinned ones

-- Incoming, by a weaker suite than the sender was known to have then.
ALTER TABLE messages ADD COLUMN older_suite INTEGER NOT NULL DEFAULT 0;
