-- A message between the service and the declarant.
-- $1 declaration, $2 at, $3 from the service, $4 asks for a complement, $5 sealed
INSERT INTO message (declaration_id, at, from_service, asks, sealed) VALUES ($1, $2, $3, $4, $5)
