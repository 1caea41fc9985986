-- New and changed links. $1, $2: references; $3: probabilities; $4: tiers. Their reasons: $5: place
-- of the link, from 1; $6: kinds; $7: bits.
WITH reasons AS (
    SELECT place, jsonb_agg(jsonb_build_object('kind', kind, 'bits', bits) ORDER BY bits DESC, kind)
        AS evidence
    FROM unnest($5::bigint[], $6::text[], $7::numeric[]) AS given (place, kind, bits)
    GROUP BY place
)
INSERT INTO link_edge (a, b, probability, tier, evidence)
SELECT a, b, probability, tier, coalesce(evidence, '[]')
FROM unnest($1::text[], $2::text[], $3::real[], $4::text[])
    WITH ORDINALITY AS given (a, b, probability, tier, place)
LEFT JOIN reasons USING (place)
ON CONFLICT (a, b) DO UPDATE
SET probability = excluded.probability, tier = excluded.tier, evidence = excluded.evidence
