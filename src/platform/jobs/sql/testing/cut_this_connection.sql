-- What a crash of the server looks like from here.
SELECT pg_terminate_backend(pg_backend_pid())
