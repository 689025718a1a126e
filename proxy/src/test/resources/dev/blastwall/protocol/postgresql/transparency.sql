-- What psql prints for this must be the same directly and through the gateway. Its kinds of statements are those in
-- which PostgreSQL's own regression suite found differences (ci/pg-regress), and others of which clients depend on every byte.
create schema transparency;
set search_path = transparency;

-- Errors with positions, details and hints, and what an error does to a transaction.
select nothing from nowhere;
selekt 1;
select lowr('X');
begin;
select 1 / 0;
select 1;
commit;
create table parents (id int primary key, word text not null check (word <> 'bad'));
insert into parents values (1, 'a'), (2, 'b');
insert into parents values (1, 'c');
insert into parents values (3, null);
insert into parents values (3, 'bad');
create table children (id int, parent int references parents deferrable initially deferred);
insert into children values (1, 9);
begin;
insert into children values (1, 1), (2, 9);
commit;
insert into children values (1, 1);
delete from parents where id = 1;
create unique index on children (parent);
insert into children values (2, 1);
begin;
create table fresh (id int unique);
insert into fresh values (1), (1);
rollback;
create table parts (id int, word text) partition by list (id);
create table part_1 partition of parts for values in (1);
insert into parts values (2, 'x');
insert into part_1 values (2, 'x');
create temp table passing (id int check (id > 0));
insert into passing values (0);

-- Notices, warnings and contexts.
do $$ begin raise notice 'a notice' using detail = 'its detail', hint = 'its hint'; end $$;
do $$ begin raise exception ''; end $$;
do $$ begin raise unique_violation using message = 'made up', detail = 'Key (a)=(b)'; end $$;
drop table if exists nowhere;
rollback;

-- COPY both ways; text with a backslash behind one that may run code.
create function watch() returns trigger language plpgsql as 'begin return new; end';
create trigger watch before insert on parents for each row execute function watch();
copy parents from stdin;
4	four
5	f\\ve
\.
copy parents from stdin with (delimiter ':', null E'\\N');
6:s\\x
7:\N
\.
select E'a\\b', 'c\d';
copy (select * from parents order by id) to stdout;
copy parents to stdout with (format csv, header);

-- Strings in which a backslash escapes.
set standard_conforming_strings = off;
set escape_string_warning = off;
select 'it\'s', E'it\'s', $$it\'s$$, 'one\\'
  'two\'', "a'\" from (select 1 as "a'\") s;
select U&'\0061';
select 'a\';
prepare words(text) as select $1 || '\'';
execute words('\'');
reset standard_conforming_strings;
select 'a\';
execute words('\');

-- Large objects, by function calls.
\lo_import /dev/null
\lo_export :LASTOID /dev/null
begin;
select lowrite(lo_open(:LASTOID, 131072), '\x6869') as written;
select convert_from(lo_get(:LASTOID), 'UTF8');
commit;
\lo_unlink :LASTOID
\lo_unlink 1

-- Cursors, described queries, results in parts, several commands in one message.
\set FETCH_COUNT 3
select n, repeat('x', n) from generate_series(1, 8) n;
\unset FETCH_COUNT
select 1 as one, now() as then \gdesc
select nothing \gdesc
select 1 as a\; select 2 as b\; select 1 / 0 as c\; select 3 as d;
begin;
declare c scroll cursor for select n from generate_series(1, 5) n;
fetch 2 from c;
fetch backward 1 from c;
move last in c;
fetch 1 from c;
commit;
listen transparency;
unlisten *;
set client_min_messages = error;
drop schema transparency cascade;
