-- A decision about a domain; nothing is written when the last one says the same, or when a domain
-- is withdrawn that was never confirmed.
-- $1 actor, $2 decision, $3 domain, $4 reason
INSERT INTO domain_decision (actor, decision, domain, reason)
SELECT $1, $2, $3, $4
WHERE coalesce((SELECT decision FROM domain_decision WHERE domain = $3 ORDER BY id DESC LIMIT 1),
               'withdrawn') <> $2
