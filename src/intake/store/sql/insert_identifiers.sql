-- The identifiers of a declaration, as keyed digests, each once: the author's, which are looked up,
-- and those of whoever declares, which never are.
-- $1 declaration, $2 types, $3 digests, $4 whether each is the author's
WITH given AS (
    SELECT * FROM unnest($2::text[], $3::bytea[], $4::boolean[]) AS one(type, digest, of_author)
), author AS (
    INSERT INTO author_identifier (declaration_id, type, digest)
    SELECT $1, type, digest FROM given WHERE of_author
    ON CONFLICT DO NOTHING
)
INSERT INTO declarant_identifier (declaration_id, type, digest)
SELECT $1, type, digest FROM given WHERE NOT of_author
ON CONFLICT DO NOTHING
