-- Whoever writes the groups holds this row until their commit. Revision, number of the last change
-- that the groups take in.
SELECT revision, change_number FROM linking_state FOR UPDATE
