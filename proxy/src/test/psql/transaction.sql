\set VERBOSITY sqlstate
create temp table kept (id int);
begin;
insert into kept values (1);
savepoint inner_one;
insert into kept values (2);
select 1 / 0;
select 1;
rollback to savepoint inner_one;
insert into kept values (3);
commit;
select array_agg(id order by id) from kept;
