-- Every link, with its evidence as text, in order.
SELECT a, b, tier, evidence::text FROM link_edge ORDER BY a, b
