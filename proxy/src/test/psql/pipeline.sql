\startpipeline
select $1::int \bind 1 \sendpipeline
select $1::int \bind 2 \sendpipeline
\syncpipeline
select 1 / $1::int \bind 0 \sendpipeline
select $1::int \bind 3 \sendpipeline
\syncpipeline
select 'goes on' \bind \sendpipeline
\endpipeline
