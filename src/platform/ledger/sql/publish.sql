-- whether it was kept. $1: size, $2: root, $3: seconds since 1970, $4: signature.
SELECT ledger.publish($1, $2, $3, $4)
