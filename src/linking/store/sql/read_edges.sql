-- Every link: both references, probability in ten thousandths, tier, kinds of its evidence in
-- alphabetical order with commas between.
SELECT a, b, round(probability * 10000)::bigint, tier,
       (SELECT coalesce(string_agg(reason ->> 'kind', ',' ORDER BY reason ->> 'kind' COLLATE "C"), '')
        FROM jsonb_array_elements(evidence) AS reason)
FROM link_edge
