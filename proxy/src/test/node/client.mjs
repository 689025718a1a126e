// Speaks through the gateway as a program would; prints one line per finding.
import pg from 'pg';

const client = new pg.Client({ ssl: { rejectUnauthorized: false } });
await client.connect();

const simple = await client.query('select id from orders where id = 1');
console.log('simple', simple.rows[0].id);

const find = { name: 'find-order', text: 'select id from orders where id = $1' };
const second = await client.query({ ...find, values: [2] });
const third = await client.query({ ...find, values: [3] });
console.log('prepared', second.rows[0].id, third.rows[0].id);

const masked = await client.query('select email from customers where id = $1', [1]);
console.log('masked', masked.rows[0].email.includes('***'));

await client.query('begin');
await client.query('drop table orders').catch((e) => console.log('refused', e.code));
await client.query('select 1').catch((e) => console.log('in doubt', e.code));
await client.query('rollback');
console.log('rolled back');

const many = await Promise.all(
  Array.from({ length: 50 }, (_, i) => client.query('select $1::int as i', [i])),
);
console.log('many', many.filter((result, i) => result.rows[0].i === i).length);

await client.end();
console.log('done');
