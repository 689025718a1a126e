\set VERBOSITY sqlstate
select pg_sleep(60);
select 'goes on';
