-- Filled from answers and put in its place by what follows (AnswerPacking).
CREATE TABLE packed_answers (
    user_id   INTEGER PRIMARY KEY REFERENCES users (id),   -- as in answers
    is_active INTEGER NOT NULL,
    key_rev   INTEGER NOT NULL,
    packed    BLOB    NOT NULL    -- what was signed_part, smaller (PackedAnswer)
) STRICT;
