-- First in a transaction: all its queries see the log at one moment.
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY
