-- last entry, level, hash. $1: first last entry, $2: first that is not wanted.
SELECT last_entry, level, hash FROM ledger.node
WHERE last_entry >= $1 AND last_entry < $2 ORDER BY last_entry, level
