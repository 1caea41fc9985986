-- Puts the wrapped key of one row into another. $1: from; $2: to.
UPDATE keys.data_key SET wrapped = (SELECT wrapped FROM keys.data_key WHERE id = $1::bigint)
WHERE id = $2::bigint
