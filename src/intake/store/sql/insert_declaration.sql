-- id: of the new declaration; nothing when the same submission is there already.
-- $1 reference, $2 door, $3 nature, $4 language, $5 received at, $6 key, $7 statement, $8 contact,
-- $9 api key, $10 digest of what makes it once, $11 digest of the body that came with it,
-- $12 kind, $13 digest of who signed in, $14 answers
INSERT INTO declaration (reference, door, nature, language, received_at, status, key_id, statement,
                         contact, api_key_id, once_digest, once_body, kind, subject_digest, answers)
VALUES ($1, $2, $3, $4, $5, 'received', $6, $7, $8, $9, $10, $11, $12, $13, $14)
ON CONFLICT (once_digest) DO NOTHING
RETURNING id
