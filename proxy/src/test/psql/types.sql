prepare echo(text, int, bigint, numeric, timestamp, timestamptz, date, boolean, int[], json, jsonb, bytea, text) as
  select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13 is null;
execute echo(E'Grüße, ''quoted''', -42, 9007199254740993, 12345678901234567890.0123456789, '2026-02-28 23:59:59.123456',
  '2026-02-28 23:59:59Z', '1815-12-10', true, '{1,null,3}', '{"a": [1, null]}', '{"b": "ü"}', '\x00ff', null);
\gdesc
select 1 as one, 'two' as two \gset
select :one, :'two';
select :one as a, 'x' as b, 3 as c \crosstabview
