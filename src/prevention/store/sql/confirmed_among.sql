-- Those that stand confirmed: domain.
-- $1 domains, one a line
SELECT confirmed_among($1)
