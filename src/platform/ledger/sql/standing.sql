-- size, root, size of the last published head (0: none).
SELECT size, root, published FROM ledger.standing()
