-- size, peaks, number of heads.
SELECT size, peaks, heads FROM ledger.frontier
