-- first and last entry, first and last "last entry" of the nodes; 0 and -1 when there are none.
SELECT coalesce((SELECT min(index) FROM ledger.entry), 0),
       coalesce((SELECT max(index) FROM ledger.entry), -1),
       coalesce((SELECT min(last_entry) FROM ledger.node), 0),
       coalesce((SELECT max(last_entry) FROM ledger.node), -1)
