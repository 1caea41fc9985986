-- number, size, root, seconds since 1970, signature. $1: number of the last one seen, $2: how many.
SELECT number, size, root, at, signature FROM ledger.head
WHERE number > $1 ORDER BY number LIMIT $2
