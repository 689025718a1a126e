"""psycopg 3, in its plain form: libpq beneath, its pipeline mode included."""

import json
import threading

import psycopg
from psycopg.types.json import Json, Jsonb

from checks import ECHO, MASKED, TIMES, VALUES, distinct, run

PLACEHOLDERS = ECHO.replace("$", "%(p").replace("::", ")s::")
PARAMETERS = {f"p{i + 1}": value for i, (_, value) in enumerate(VALUES)}


def connect(**more):
    return psycopg.connect("", **more)


def sign_in():
    with connect() as connection:
        return connection.execute("select 'signed in'").fetchone()[0]


def types():
    found = []
    with connect(prepare_threshold=1) as connection:
        for binary in (False, True):
            for _ in range(TIMES):
                cursor = connection.execute(PLACEHOLDERS, PARAMETERS, binary=binary)
                row = cursor.fetchone()
                assert list(row) == [value for _, value in VALUES], row
            found.append(repr(row))
            found.append(str([column.type_code for column in cursor.description]))
        documents = connection.execute(
            "select %s::json, %s::jsonb", [Json({"a": [1, None]}), Jsonb({"b": "ü"})]
        ).fetchone()
    return " ".join(found) + json.dumps(documents)


def transaction():
    with connect(autocommit=True) as connection:
        connection.execute("create temp table kept (id int)")
        with connection.transaction():
            connection.execute("insert into kept values (1)")
            try:
                with connection.transaction("inner"):
                    connection.execute("insert into kept values (2)")
                    connection.execute("select 1 / 0")
            except psycopg.errors.DivisionByZero as e:
                state = e.sqlstate
            connection.execute("insert into kept values (3)")
        rows = connection.execute("select id from kept order by id").fetchall()
        return f"{state} {[row[0] for row in rows]}"


def masked():
    with connect(prepare_threshold=1) as connection:
        rows = []
        for binary in (False, True):
            rows += [connection.execute(MASKED + "%s", [1], binary=binary).fetchone() for _ in range(TIMES)]
        return distinct(rows)


def refused():
    with connect(autocommit=True) as connection:
        try:
            connection.execute("truncate orders")
        except psycopg.Error as e:
            said = f"{e.sqlstate} {e.diag.message_primary} | {e.diag.message_hint}"
        return said + connection.execute("select ' | goes on'").fetchone()[0]


def copy():
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute("create temp table copied (id int, t text)")
        for form in ("text", "binary"):
            with cursor.copy(f"copy copied from stdin (format {form})") as into:
                into.set_types(["int4", "text"])
                for i in range(1000):
                    into.write_row((i, None if i % 7 == 0 else f"row\t{i}\n"))
        with cursor.copy("copy copied to stdout") as out:
            text = b"".join(bytes(part) for part in out)
        return f"{len(text)} {text.count(b'row')}"


def cancel():
    with connect(autocommit=True) as connection:
        ended = threading.Event()

        def again():
            while not ended.wait(1):
                connection.cancel_safe()

        canceller = threading.Thread(target=again)
        canceller.start()
        try:
            connection.execute("select pg_sleep(60)")
        except psycopg.errors.QueryCanceled as e:
            state = e.sqlstate
        finally:
            ended.set()
            canceller.join()
        return state + connection.execute("select ' goes on'").fetchone()[0]


def cursor():
    with connect() as connection, connection.cursor("walk", scrollable=True) as walk:
        walk.itersize = 7
        walk.execute("select id from orders order by id")
        ids = [row[0] for row in walk]
        walk.scroll(10, "absolute")
        return f"{len(ids)} {sum(ids)} {walk.fetchone()[0]}"


def pipeline():
    with connect(autocommit=True) as connection:
        with connection.pipeline() as pipeline:
            cursors = [connection.execute("select %s::int", [i]) for i in range(200)]
            pipeline.sync()
            total = sum(cursor.fetchone()[0] for cursor in cursors)
        try:
            with connection.pipeline():
                connection.execute("select 1")
                connection.execute("select 1 / 0")
                connection.execute("select 2")
        except psycopg.Error as e:
            state = e.sqlstate
        return f"{total} {state}" + connection.execute("select ' goes on'").fetchone()[0]


def batch():
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute("create temp table batch (id int, t text)")
        cursor.executemany("insert into batch values (%s, %s)", [(i, f"row {i}") for i in range(300)])
        changed = cursor.rowcount
        cursor.executemany(
            "insert into batch values (%s, %s) returning id", [(i, "more") for i in range(10)], returning=True
        )
        returned = 0
        while True:
            returned += cursor.fetchone()[0]
            if not cursor.nextset():
                break
        return f"{changed} {returned} {cursor.execute('select count(*) from batch').fetchone()[0]}"


def notify():
    with connect(autocommit=True) as listener, connect(autocommit=True) as sender:
        listener.execute("listen bell")
        sender.execute("notify bell, 'rung'")
        for heard in listener.notifies(timeout=60, stop_after=1):
            return f"{heard.channel} {heard.payload}"


if __name__ == "__main__":
    run({
        "sign-in": sign_in, "types": types, "transaction": transaction, "masked": masked, "refused": refused, "copy": copy,
        "cancel": cancel, "cursor": cursor, "pipeline": pipeline, "batch": batch, "notify": notify,
    })
