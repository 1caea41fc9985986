-- What the ledger refuses even to its owner, one statement a line.
UPDATE ledger.entry SET commitment = sha256('');
DELETE FROM ledger.entry WHERE false;
DELETE FROM ledger.node;
UPDATE ledger.head SET at = 2;
UPDATE ledger.frontier SET size = 4;
UPDATE ledger.frontier SET peaks = '';
DELETE FROM ledger.frontier;
INSERT INTO ledger.frontier SELECT * FROM ledger.frontier;
TRUNCATE ledger.entry;
TRUNCATE ledger.frontier;
TRUNCATE ledger.head;
