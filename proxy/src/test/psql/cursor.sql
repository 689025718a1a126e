\set FETCH_COUNT 7
select id from orders order by id;
begin;
declare walk scroll cursor for select id from orders order by id;
fetch 3 from walk;
fetch last from walk;
fetch backward 2 from walk;
close walk;
commit;
