-- Returns how many data keys there are. No parameter.
SELECT count(*) FROM keys.data_key
