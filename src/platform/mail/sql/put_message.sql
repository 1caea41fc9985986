-- Writes a sealed message and its wrapped key. Returns nothing.
-- $1 id, $2 sealed, $3 wrapped key
WITH message AS (
    INSERT INTO outbox (id, sealed) VALUES ($1::text, $2::bytea)
)
INSERT INTO keys.outbox_key (outbox_id, wrapped) VALUES ($1::text, $3::bytea)
