"""asyncpg: a driver with a wire of its own, binary throughout."""

import asyncio
import io

import asyncpg

from checks import ECHO, MASKED, TIMES, VALUES, distinct, run


class connect:
    """A connection for a with block; address, user and TLS are in the environment."""

    async def __aenter__(self):
        self.connection = await asyncpg.connect()
        return self.connection

    async def __aexit__(self, *failure):
        await self.connection.close()


async def sign_in():
    async with connect() as connection:
        return await connection.fetchval("select 'signed in'")


async def types():
    async with connect() as connection:
        statement = await connection.prepare(ECHO)
        values = [value for _, value in VALUES]
        for _ in range(TIMES):
            row = await statement.fetchrow(*values)
            assert list(row) == values, row
        documents = await connection.fetchrow("select $1::json, $2::jsonb", '{"a": [1, null]}', '{"b": "ü"}')
        return f"{row!r} {documents!r} {[a.type.name for a in statement.get_attributes()]}"


async def transaction():
    async with connect() as connection:
        await connection.execute("create temp table kept (id int)")
        async with connection.transaction(isolation="repeatable_read"):
            await connection.execute("insert into kept values (1)")
            try:
                async with connection.transaction():
                    await connection.execute("insert into kept values (2)")
                    await connection.execute("select 1 / 0")
            except asyncpg.PostgresError as e:
                state = e.sqlstate
            await connection.execute("insert into kept values (3)")
        return f"{state} {[row['id'] for row in await connection.fetch('select id from kept order by id')]}"


async def masked():
    async with connect() as connection:
        return distinct([await connection.fetchrow(MASKED + "$1", 1) for _ in range(TIMES)])


async def refused():
    async with connect() as connection:
        try:
            await connection.execute("truncate orders")
        except asyncpg.PostgresError as e:
            said = f"{e.sqlstate} {e.message} | {e.hint}"
        try:
            await connection.fetch("truncate orders")
        except asyncpg.PostgresError as e:
            assert said == f"{e.sqlstate} {e.message} | {e.hint}", e
        return said + await connection.fetchval("select ' | goes on'")


async def copy():
    async with connect() as connection:
        await connection.execute("create temp table copied (id int, t text)")
        said = await connection.copy_records_to_table("copied", records=[(i, f"row {i}") for i in range(1000)])
        out = io.BytesIO()
        await connection.copy_from_query("select * from copied order by id", output=out, format="csv")
        out.seek(0)
        again = await connection.copy_to_table("copied", source=out, format="csv")
        return f"{said} {again} {len(out.getvalue())}"


async def cancel():
    async with connect() as connection:
        try:
            await connection.fetchval("select pg_sleep(60)", timeout=1)
        except asyncio.TimeoutError:
            return "cancelled" + await connection.fetchval("select ' goes on'")


async def cursor():
    async with connect() as connection, connection.transaction():
        ids = [row[0] async for row in connection.cursor("select id from orders where id > $1", 0, prefetch=7)]
        return f"{len(ids)} {sum(ids)}"


async def batch():
    async with connect() as connection:
        await connection.execute("create temp table batch (id int, t text)")
        await connection.executemany("insert into batch values ($1, $2)", [(i, f"row {i}") for i in range(300)])
        return await connection.fetchval("select count(*) from batch")


async def notify():
    async with connect() as listener, connect() as sender:
        heard = asyncio.get_running_loop().create_future()
        await listener.add_listener("bell", lambda _, pid, channel, payload: heard.set_result(f"{channel} {payload}"))
        await sender.execute("select pg_notify($1, $2)", "bell", "rung")
        return await asyncio.wait_for(heard, 60)


if __name__ == "__main__":
    run({
        "sign-in": sign_in, "types": types, "transaction": transaction, "masked": masked, "refused": refused, "copy": copy,
        "cancel": cancel, "cursor": cursor, "batch": batch, "notify": notify,
    })
