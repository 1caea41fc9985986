-- What no role may do, one statement a line.
INSERT INTO ledger.entry VALUES (5, sha256(''));
INSERT INTO ledger.node VALUES (1, 1, sha256(''));
UPDATE ledger.entry SET index = 7 WHERE index = 1;
UPDATE ledger.frontier SET size = 7;
DELETE FROM ledger.head;
TRUNCATE ledger.entry;
CREATE FUNCTION ledger.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
ALTER TABLE ledger.entry DISABLE TRIGGER ALL;
