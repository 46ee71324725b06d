-- Whether a contact is told what has arrived; null: as the settings say for all.
ALTER TABLE contacts ADD COLUMN delivery_receipts INTEGER;
