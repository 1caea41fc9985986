-- The domains that stand confirmed: domain, since, actor, reason.
SELECT domain, at, actor, reason
FROM (SELECT DISTINCT ON (domain) domain, at, actor, decision, reason
      FROM domain_decision ORDER BY domain, id DESC) AS last
WHERE decision = 'confirmed'
ORDER BY domain
