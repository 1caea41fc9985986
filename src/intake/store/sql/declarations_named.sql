-- id, reference: of these references.
-- $1 references, separated by commas
SELECT id, reference FROM declaration
WHERE reference = ANY (string_to_array($1, ',')) AND status NOT IN ('withdrawn', 'erased')
ORDER BY id
