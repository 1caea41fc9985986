-- Whether a text stands anywhere in what is stored of mails and jobs.
-- $1 the text
SELECT EXISTS (SELECT FROM outbox WHERE position(convert_to($1, 'UTF8') IN sealed) > 0)
    OR EXISTS (SELECT FROM keys.outbox_key
               WHERE position(convert_to($1, 'UTF8') IN wrapped) > 0)
    OR EXISTS (SELECT FROM job WHERE position($1 IN job::text) > 0)
    OR EXISTS (SELECT FROM outbox WHERE position($1 IN id) > 0)
