-- number, id, reference, status, key_id, statement, wrapped: declarations changed after a number,
-- each at its last change, in order.
-- $1 number, $2 at most
SELECT c.number, d.id, d.reference, d.status, d.key_id, d.statement, k.wrapped, d.received_at
FROM (SELECT declaration_id, max(number) AS number
      FROM (SELECT number, declaration_id FROM declaration_change
            WHERE number > $1 ORDER BY number LIMIT $2) AS page
      GROUP BY declaration_id) AS c
JOIN declaration d ON d.id = c.declaration_id
LEFT JOIN keys.data_key k ON k.id = d.key_id
ORDER BY c.number
