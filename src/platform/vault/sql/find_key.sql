-- Returns a data key, wrapped; no row when it was erased. $1: its id.
SELECT wrapped FROM keys.data_key WHERE id = $1::bigint
