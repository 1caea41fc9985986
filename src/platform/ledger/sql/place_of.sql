-- size, root, proof; no row when there is no such entry. $1: index of the entry.
SELECT size, root, proof FROM ledger.place_of($1)
