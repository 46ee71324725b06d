-- What a contact has told of suites by messages, sealed: statements that no directory carries, and what the contact sees of the user's own.
ALTER TABLE contacts ADD COLUMN capabilities BLOB;
ALTER TABLE contacts ADD COLUMN suite_carried INTEGER NOT NULL DEFAULT 0;    -- the suite is known by messages alone: no directory has shown it
