-- Domains that an investigator held to be a swindler's, for those who check before they pay. Every
-- decision is a row that stays: who, when, why. The last one about a domain stands. Nothing about a
-- person's number, account or address is kept here, or ever shown.

CREATE TABLE domain_decision (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now(),
    actor text NOT NULL, -- "operator:NAME"
    decision text NOT NULL CHECK (decision IN ('confirmed', 'withdrawn')),
    domain text NOT NULL, -- registrable, canonical ("exemple-colis.com")
    reason text NOT NULL CHECK (reason <> '')
);
CREATE INDEX domain_decision_last ON domain_decision (domain, id DESC);
GRANT SELECT, INSERT ON domain_decision TO maillon_operator;

-- The public pages learn which of the asked domains stand confirmed, not by whom or why.
-- asked: one domain a line
CREATE FUNCTION confirmed_among(asked text) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT one FROM unnest(string_to_array(asked, E'\n')) AS one
    WHERE (SELECT d.decision FROM public.domain_decision d WHERE d.domain = one
           ORDER BY d.id DESC LIMIT 1) = 'confirmed';
$$;
REVOKE EXECUTE ON FUNCTION confirmed_among(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION confirmed_among(text) TO maillon_door;
