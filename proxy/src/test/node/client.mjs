// Does through node-postgres and its companions what a program does. Runs the checks that the command line names and
// prints one line for each: its name, a tab, what came out.
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import Cursor from 'pg-cursor';
import QueryStream from 'pg-query-stream';
import { from, to } from 'pg-copy-streams';

const TIMES = 7;
const MASKED = 'select email, national_id, card_number from customers where id = $1';
const VALUES = [
  ['text', "Grüße, 'quoted'\n"],
  ['int', -42],
  ['bigint', '9007199254740993'],
  ['numeric', '12345678901234567890.0123456789'],
  ['timestamp', '2026-02-28 23:59:59.123456'],
  ['timestamptz', new Date('2026-02-28T23:59:59Z')],
  ['date', '1815-12-10'],
  ['boolean', true],
  ['int[]', [1, null, 3]],
  ['json', { a: [1, null] }],
  ['jsonb', { b: 'ü' }],
  ['bytea', Buffer.from(Array.from({ length: 256 }, (_, i) => i))],
  ['text', null],
];
const ECHO = 'select ' + VALUES.map(([type], i) => `$${i + 1}::${type} as v${i}`).join(', ');

// The address, the user and the token are in the environment. A mode of libpq is what this driver does not know.
const ssl =
  process.env.PGSSLMODE === 'disable'
    ? false
    : { ca: readFileSync(process.env.PGSSLROOTCERT), rejectUnauthorized: true };

async function connected(use) {
  const client = new pg.Client({ ssl });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

const one = async (client, ...query) => Object.values((await client.query(...query)).rows[0])[0];
const state = (promise) => promise.then(() => 'no error', (e) => e.code);

const checks = {
  'sign-in': (client) => one(client, "select 'signed in'"),

  async types(client) {
    const values = VALUES.map(([, value]) => value);
    const found = [];
    for (const binary of [false, true]) {
      const query = { name: `echo ${binary}`, text: ECHO, values, binary };
      for (let i = 1; i < TIMES; i++) await client.query(query);
      const result = await client.query(query);
      found.push(JSON.stringify(result.rows), JSON.stringify(result.fields));
    }
    return found.join(' ');
  },

  async transaction(client) {
    await client.query('create temp table kept (id int)');
    await client.query('begin');
    await client.query('insert into kept values (1)');
    await client.query('savepoint inner_one');
    await client.query('insert into kept values (2)');
    const first = await state(client.query('select 1 / 0'));
    const second = await state(client.query('select 1'));
    await client.query('rollback to savepoint inner_one');
    await client.query('insert into kept values ($1)', [3]);
    await client.query('commit');
    const { rows } = await client.query('select id from kept order by id');
    return `${first} ${second} ${rows.map((row) => row.id)}`;
  },

  async masked(client) {
    const found = new Set();
    for (const binary of [false, true]) {
      for (let i = 0; i < TIMES; i++) {
        const { rows } = await client.query({ name: `masked ${binary}`, text: MASKED, values: [1], binary });
        found.add(Object.values(rows[0]).join(' '));
      }
    }
    return [...found].join(' / ');
  },

  async refused(client) {
    const said = await client.query('truncate orders').catch((e) => `${e.code} ${e.message} | ${e.hint}`);
    return said + (await one(client, "select ' | goes on'"));
  },

  async copy(client) {
    await client.query('create temp table copied (id int, t text)');
    const lines = Array.from({ length: 1000 }, (_, i) => `${i}\trow ${i}\n`);
    await pipeline(Readable.from(lines), client.query(from('copy copied from stdin')));
    return (await text(client.query(to('copy copied to stdout')))) === lines.join('');
  },

  // The driver has a cancel of its own only for what it has not sent; this is the protocol's, on a second connection.
  async cancel(client) {
    const sleeping = state(client.query('select pg_sleep(60)'));
    const again = setInterval(() => new pg.Client({ ssl }).cancel(client, client._activeQuery), 1000);
    const ended = await sleeping;
    clearInterval(again);
    return ended + (await one(client, "select ' goes on'"));
  },

  async cursor(client) {
    const cursor = client.query(new Cursor('select id from orders where id > $1 order by id', [0]));
    const ids = [];
    for (let rows = await cursor.read(7); rows.length > 0; rows = await cursor.read(7)) {
      ids.push(...rows.map((row) => row.id));
    }
    await cursor.close();
    for await (const row of client.query(new QueryStream('select id from orders', [], { batchSize: 5 }))) ids.push(row.id);
    return `${ids.length} ${ids.reduce((a, b) => a + b)}`;
  },

  async batch(client) {
    const all = await Promise.all(
      Array.from({ length: 300 }, (_, i) => one(client, { name: 'number', text: 'select $1::int as i', values: [i] })),
    );
    return all.reduce((a, b) => a + b);
  },

  notify: (client) =>
    connected(async (sender) => {
      const heard = new Promise((resolve) => client.on('notification', resolve));
      await client.query('listen bell');
      await sender.query('select pg_notify($1, $2)', ['bell', 'rung']);
      const { channel, payload } = await heard;
      return `${channel} ${payload}`;
    }),
};

for (const name of process.argv.slice(2)) {
  const found = await connected(checks[name]).catch((e) => `failed: ${e.stack}`);
  console.log(`${name}\t${String(found).replaceAll('\n', '\\n')}`);
}
