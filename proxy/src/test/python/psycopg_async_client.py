"""psycopg 3 in an event loop."""

import asyncio

import psycopg

from checks import MASKED, TIMES, VALUES, distinct, run
from psycopg_client import PARAMETERS, PLACEHOLDERS


def connect(**more):
    return psycopg.AsyncConnection.connect("", **more)


async def one(connection, *query):
    return (await (await connection.execute(*query)).fetchone())[0]


async def sign_in():
    async with await connect() as connection:
        return await one(connection, "select 'signed in'")


async def types():
    async with await connect(prepare_threshold=1) as connection:
        for _ in range(TIMES):
            row = await (await connection.execute(PLACEHOLDERS, PARAMETERS)).fetchone()
            assert list(row) == [value for _, value in VALUES], row
        return repr(row)


async def transaction():
    async with await connect(autocommit=True) as connection:
        await connection.execute("create temp table kept (id int)")
        async with connection.transaction():
            await connection.execute("insert into kept values (1)")
            try:
                async with connection.transaction():
                    await connection.execute("insert into kept values (2)")
                    await connection.execute("select 1 / 0")
            except psycopg.Error as e:
                state = e.sqlstate
            await connection.execute("insert into kept values (3)")
        return f"{state} " + await one(connection, "select array_agg(id order by id)::text from kept")


async def masked():
    async with await connect(prepare_threshold=1) as connection:
        return distinct([
            await (await connection.execute(MASKED + "%s", [1])).fetchone() for _ in range(TIMES)
        ])


async def refused():
    async with await connect(autocommit=True) as connection:
        try:
            await connection.execute("truncate orders")
        except psycopg.Error as e:
            said = f"{e.sqlstate} {e.diag.message_primary} | {e.diag.message_hint}"
        return said + await one(connection, "select ' | goes on'")


async def copy():
    async with await connect() as connection, connection.cursor() as cursor:
        await cursor.execute("create temp table copied (id int, t text)")
        async with cursor.copy("copy copied from stdin") as into:
            for i in range(1000):
                await into.write_row((i, f"row {i}"))
        async with cursor.copy("copy copied to stdout") as out:
            return sum([row[0] == f"{i}" async for i, row in numbered(out.rows())])


async def numbered(rows):
    i = 0
    async for row in rows:
        yield i, row
        i += 1


async def cancel():
    async with await connect(autocommit=True) as connection:
        sleeping = asyncio.create_task(one(connection, "select pg_sleep(60)"))
        while not (await asyncio.wait([sleeping], timeout=1))[0]:
            await connection.cancel_safe()
        try:
            await sleeping
        except psycopg.Error as e:
            return e.sqlstate + await one(connection, "select ' goes on'")


async def cursor():
    async with await connect() as connection, connection.cursor("walk") as walk:
        walk.itersize = 7
        await walk.execute("select id from orders order by id")
        return sum([row[0] async for row in walk])


async def pipeline():
    async with await connect(autocommit=True) as connection:
        async with connection.pipeline() as pipeline:
            cursors = [await connection.execute("select %s::int", [i]) for i in range(200)]
            await pipeline.sync()
            return sum([(await cursor.fetchone())[0] for cursor in cursors])


async def batch():
    async with await connect() as connection, connection.cursor() as cursor:
        await cursor.execute("create temp table batch (id int)")
        await cursor.executemany("insert into batch values (%s)", [(i,) for i in range(300)])
        return cursor.rowcount


async def notify():
    async with await connect(autocommit=True) as listener, await connect(autocommit=True) as sender:
        await listener.execute("listen bell")
        await sender.execute("notify bell, 'rung'")
        async for heard in listener.notifies(timeout=60, stop_after=1):
            return f"{heard.channel} {heard.payload}"


if __name__ == "__main__":
    run({
        "sign-in": sign_in, "types": types, "transaction": transaction, "masked": masked, "refused": refused, "copy": copy,
        "cancel": cancel, "cursor": cursor, "pipeline": pipeline, "batch": batch, "notify": notify,
    })
