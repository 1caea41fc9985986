-- A read or change of a personal file.
-- $1 actor, $2 event, $3 reason, $4 declaration
INSERT INTO audit (actor, event, reason, declaration_id) VALUES ($1, $2, $3, $4)
