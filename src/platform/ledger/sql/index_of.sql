-- index: of the first entry that is this commitment.
-- $1 commitment
SELECT index FROM ledger.entry WHERE commitment = $1 ORDER BY index LIMIT 1
