-- Gives all files of an owner to another. $1: from; $2: to.
UPDATE evidence_file SET owner = $2::text WHERE owner = $1::text
