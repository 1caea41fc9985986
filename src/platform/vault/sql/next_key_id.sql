-- Returns the id of a data key to come: it is sealed with its id, so the id comes first. No
-- parameter.
SELECT nextval('keys.data_key_id_seq')
