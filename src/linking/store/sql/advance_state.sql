-- The groups were written once more. $1: number of the last change that they take in; $2: number of
-- declarations; $3: milliseconds that linking took.
UPDATE linking_state
SET revision = revision + 1, change_number = $1::bigint, declarations = $2::bigint,
    linked_at = now(), took_ms = $3::bigint
