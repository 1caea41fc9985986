-- index, commitment. $1: first index, $2: first index that is not wanted.
SELECT index, commitment FROM ledger.entry WHERE index >= $1 AND index < $2 ORDER BY index
