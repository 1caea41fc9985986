-- Returns one row: whether one dead key is reason enough for autovacuum. No parameter.
SELECT reloptions @> ARRAY['autovacuum_vacuum_threshold=0', 'autovacuum_vacuum_scale_factor=0']
FROM pg_class WHERE oid = 'keys.data_key'::regclass
