-- Notes the verdict on a file. $1: its id; $2: the verdict.
UPDATE evidence_file SET scan = $2::text WHERE id = $1::bigint
