"""Runs the checks that the command line names and prints one line for each: its name, a tab, what came out."""

import asyncio
import datetime
import decimal
import sys
import traceback

# What goes through a prepared statement and has to come back as it went.
VALUES = [
    ("text", "Grüße, 'quoted'\n"),
    ("int", -42),
    ("bigint", 2**53 + 1),
    ("numeric", decimal.Decimal("12345678901234567890.0123456789")),
    ("timestamp", datetime.datetime(2026, 2, 28, 23, 59, 59, 123456)),
    ("timestamptz", datetime.datetime(2026, 2, 28, 23, 59, 59, tzinfo=datetime.timezone.utc)),
    ("date", datetime.date(1815, 12, 10)),
    ("boolean", True),
    ("int[]", [1, None, 3]),
    ("bytea", bytes(range(256))),
    ("text", None),
]
ECHO = "select " + ", ".join(f"${i + 1}::{name} as v{i}" for i, (name, _) in enumerate(VALUES))
MASKED = "select email, national_id, card_number from customers where id = "
TIMES = 7  # so often that each driver has prepared the statement on the server


def distinct(rows):
    return " / ".join(sorted({" ".join(row) for row in rows}))


def run(checks):
    for name in sys.argv[1:]:
        try:
            found = checks[name]()
            if asyncio.iscoroutine(found):
                found = asyncio.run(found)
        except Exception as e:
            traceback.print_exc()
            found = f"failed: {e!r}"
        print(name, str(found).replace("\n", "\\n"), sep="\t", flush=True)
