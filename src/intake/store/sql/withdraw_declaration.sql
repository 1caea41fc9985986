-- What was told goes; that it was received and withdrawn stays, with what proves it.
-- $1 id
WITH messages AS (DELETE FROM message WHERE declaration_id = $1),
     authors AS (DELETE FROM author_identifier WHERE declaration_id = $1),
     declarants AS (DELETE FROM declarant_identifier WHERE declaration_id = $1)
UPDATE declaration
SET status = 'withdrawn', statement = NULL, contact = NULL, answers = NULL
WHERE id = $1
