-- A small shop. No person here exists; the card numbers are test numbers that no bank has given out,
-- and the national ids only have the shape of one.

create table customers (
  id          integer primary key,
  name        text not null,
  email       text not null unique,
  national_id text not null,
  card_number text not null
);

create table orders (
  id          integer primary key,
  customer_id integer not null references customers,
  item        text not null,
  amount      numeric(10, 2) not null,
  status      text not null,
  ordered_at  timestamptz not null
);

create index on orders (customer_id);

create table payments (
  id       integer primary key,
  order_id integer not null references orders,
  amount   numeric(10, 2) not null,
  method   text not null,
  paid_at  timestamptz not null
);

create table notes (
  id          integer primary key,
  customer_id integer not null references customers,
  body        text not null
);

insert into customers (id, name, email, national_id, card_number) values
  ( 1, 'Ada Moss', 'ada.moss@example.org', '140-13-4537', '4111111111111111'),
  ( 2, 'Ben Okafor', 'ben.okafor@example.net', '157-16-4574', '5500005555555559'),
  ( 3, 'Chloé Durand', 'chloe.durand@example.com', '174-19-4611', '378282246310005'),
  ( 4, 'Dmitri Volkov', 'dmitri.volkov@example.org', '191-22-4648', '6011111111111117'),
  ( 5, 'Elif Kaya', 'elif.kaya@example.net', '208-25-4685', '4012888888881881'),
  ( 6, 'Fatima Noor', 'fatima.noor@example.com', '225-28-4722', '5105105105105100'),
  ( 7, 'Gustav Lind', 'gustav.lind@example.org', '242-31-4759', '371449635398431'),
  ( 8, 'Hana Sato', 'hana.sato@example.net', '259-34-4796', '3530111333300000'),
  ( 9, 'Iris Novak', 'iris.novak@example.com', '276-37-4833', '4000000000712713'),
  (10, 'Jonas Weber', 'jonas.weber@example.org', '293-40-4870', '4000000000791907'),
  (11, 'Karin Holm', 'karin.holm@example.net', '310-43-4907', '4000000000871097'),
  (12, 'Luca Bianchi', 'luca.bianchi@example.com', '327-46-4944', '4000000000950289'),
  (13, 'Mei Chen', 'mei.chen@example.org', '344-49-4981', '4000000001029471'),
  (14, 'Nadia Haddad', 'nadia.haddad@example.net', '361-52-5018', '4000000001108663'),
  (15, 'Oscar Silva', 'oscar.silva@example.com', '378-55-5055', '4000000001187857'),
  (16, 'Priya Nair', 'priya.nair@example.org', '395-58-5092', '4000000001267048'),
  (17, 'Quentin Roy', 'quentin.roy@example.net', '412-61-5129', '4000000001346230'),
  (18, 'Rosa Marín', 'rosa.marin@example.com', '429-64-5166', '4000000001425422'),
  (19, 'Samir Aziz', 'samir.aziz@example.org', '446-67-5203', '4000000001504614'),
  (20, 'Tove Berg', 'tove.berg@example.net', '463-70-5240', '4000000001583808');

insert into orders (id, customer_id, item, amount, status, ordered_at)
select n,
       1 + n * 7 % 20,
       (array['kettle', 'lamp', 'notebook', 'headphones', 'backpack', 'teapot'])[1 + n % 6],
       round(5 + n * 37 % 240 + n % 10 / 10.0, 2),
       (array['paid', 'shipped', 'delivered', 'returned'])[1 + n % 4],
       timestamptz '2026-01-02 08:00+00' + n * interval '31 hours'
from generate_series(1, 200) as n;

insert into payments (id, order_id, amount, method, paid_at)
select id, id, amount, (array['card', 'card', 'transfer'])[1 + id % 3], ordered_at + interval '9 minutes'
from orders;

-- What people type where nobody expects it.
insert into notes (id, customer_id, body) values
  (1, 1, 'Asked for a receipt by post.'),
  (2, 3, 'Called about a double charge on card 4111 1111 1111 1111, refunded.'),
  (3, 5, 'Verified by phone, SSN 219-09-9999, then changed the address.'),
  (4, 8, 'Prefers delivery after 17:00.'),
  (5, 11, 'Pays with 5500-0055-5555-5559 from now on; the old one was stolen.'),
  (6, 14, 'Sent us her API key by mistake: AKIAIOSFODNN7EXAMPLE. Told her to revoke it.'),
  (7, 17, 'No complaints.'),
  (8, 20, 'Order number 1234567890123456 is a typo, not a card.');

analyze;
