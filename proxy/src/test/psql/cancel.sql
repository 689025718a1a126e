\set VERBOSITY sqlstate
\warn ready
select pg_sleep(60);
