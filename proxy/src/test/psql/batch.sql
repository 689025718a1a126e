create temp table batch (id int);
select format('insert into batch values (%s)', i) from generate_series(1, 300) as i \gexec
select count(*) from batch;
select 1 \; select 2 \; select 300;
