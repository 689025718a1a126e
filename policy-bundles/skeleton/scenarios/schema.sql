create table customers (id integer primary key, name text, email text, birthday date);
create table orders (id integer primary key, customer integer references customers, item text, amount numeric);
create view contacts as select name, email as reachable_at from customers;
insert into customers values (1, 'Nobody', 'nobody@example.org', '2000-01-01');
