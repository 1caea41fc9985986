-- Nothing of what was told stays.
-- $1 id
WITH messages AS (DELETE FROM message WHERE declaration_id = $1),
     authors AS (DELETE FROM author_identifier WHERE declaration_id = $1),
     declarants AS (DELETE FROM declarant_identifier WHERE declaration_id = $1),
     sessions AS (DELETE FROM follow_session WHERE declaration_id = $1),
     acts AS (UPDATE act SET statement = NULL, salt = NULL WHERE declaration_id = $1)
UPDATE declaration
SET status = 'erased', statement = NULL, contact = NULL, once_digest = NULL, once_body = NULL,
    subject_digest = NULL, answers = NULL
WHERE id = $1
