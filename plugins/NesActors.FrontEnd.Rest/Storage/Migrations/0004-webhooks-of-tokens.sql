-- A webhook that was registered by a token ends with it.
ALTER TABLE webhooks ADD COLUMN token TEXT;                    -- the token's id, which need not be there any more; NULL: it does not hang on any
