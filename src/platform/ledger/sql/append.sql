-- index, size, root, proof of each commitment appended, in order. $1: the commitments, 32 bytes each.
SELECT index, size, root, proof FROM ledger.append($1) ORDER BY index
