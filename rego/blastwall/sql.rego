# METADATA
# title: SQL
# description: What authors ask about a command of kind "sql". Everything here is undefined or empty for other commands.
package blastwall.sql

# METADATA
# title: Statements
# description: The statements of the command, in order.
# custom:
#   examples: ['some statement in sql.statements']
statements := input.command.statements if input.command.kind == "sql"

# METADATA
# title: Types
# description: The types of all statements.
# custom:
#   examples: ['"drop" in sql.types']
types contains statement.type if some statement in statements

# METADATA
# title: Understood
# description: Whether every part of the text is described.
# custom:
#   examples: [sql.understood]
understood if {
	input.command.kind == "sql"
	input.command.understanding == "complete"
}

# METADATA
# title: Side effects
# description: What the statements do besides their types.
# custom:
#   examples: ['"copy_program" in sql.side_effects']
side_effects contains effect if {
	some statement in statements
	some effect in statement.side_effects
}

# METADATA
# title: Functions
# description: The names of all functions that the statements call, lower case, without their schema.
# custom:
#   examples: ['"pg_read_file" in sql.functions']
functions contains parts[count(parts) - 1] if {
	some statement in statements
	some function in statement.functions
	parts := split(function, ".")
}

# METADATA
# title: Reads a table
# description: >-
#   Whether a statement reads the table, named "customers" for any schema or "sales.customers" for that one. An unqualified table of the text counts as being of any schema.
# custom:
#   examples: ['sql.reads("customers")']
reads(table) if {
	some statement in statements
	some found in statement.tables
	found.access == "read"
	named(found, table)
}

# METADATA
# title: Writes a table
# description: Whether a statement changes the rows or the definition of the table.
# custom:
#   examples: ['sql.writes("sales.customers")']
writes(table) if {
	some found in written
	named(found, table)
}

# METADATA
# scope: document
# title: Written tables
# description: The tables whose rows or definition the statements change.
# custom:
#   examples: ['some table in sql.written']
written contains table if {
	some statement in statements
	statement.type != "explain"
	some table in statement.tables
	table.access in {"write", "ddl"}
}

# EXPLAIN alone changes nothing; EXPLAIN ANALYZE runs its statement.
written contains table if {
	some statement in statements
	"explain_analyze" in statement.side_effects
	some table in statement.tables
	table.access in {"write", "ddl"}
}

# METADATA
# title: Labelled tables
# description: The names of the tables that the statements read, change or define and that hold a labelled column.
# custom:
#   examples: ['"customers" in sql.labelled_tables']
labelled_tables contains table.name if {
	some statement in statements
	some table in statement.tables
	data.blastwall.labels.labelled(table.schema, table.name)
}

# METADATA
# title: Touches a label
# description: Whether a statement uses a column with the label, for whatever.
# custom:
#   examples: ['sql.touches_label("pii")']
touches_label(label) if {
	some statement in statements
	some column in statement.columns
	label in data.blastwall.labels.of(column.schema, column.table, column.name)
}

# METADATA
# title: Unbounded write
# description: Whether an UPDATE or DELETE has no WHERE.
# custom:
#   examples: [sql.unbounded_write]
unbounded_write if {
	some statement in statements
	statement.type in {"update", "delete"}
	not statement.has_where
}

# METADATA
# title: Bulk reads
# description: >-
#   The names of the tables that a statement reads without a WHERE and without a LIMIT of at most so many rows. A WHERE that is always true evades this: it stops mistakes, masks stop people.
# custom:
#   examples: ['"customers" in sql.bulk_reads(100)']
bulk_reads(rows) := {table.name |
	some statement in statements
	statement.type in {"select", "declare_cursor", "prepare", "copy"}
	not statement.has_where
	not limited(statement, rows)
	some table in statement.tables
	table.access == "read"
}

limited(statement, rows) if {
	is_number(statement.limit)
	statement.limit <= rows
}

named(found, table) if found.name == table

named(found, table) if {
	is_string(found.schema)
	concat(".", [found.schema, found.name]) == table
}

named(found, table) if {
	found.schema == null
	endswith(table, concat("", [".", found.name]))
}

# METADATA
# scope: document
# title: Covers
# description: >-
#   Whether names of tables surely cover a table of a statement: "orders" in any schema, "sales.orders", "sales.*", or "*" for all. Unlike sql.reads it is for rights: an unqualified table of the text is none of a schema.
# custom:
#   examples: ['sql.covers(["orders", "pg_catalog.*"], {"schema": null, "name": "orders", "access": "read"})']
covers(names, _) if "*" in names

covers(names, table) if table.name in names

covers(names, table) if {
	some name in ["*", table.name]
	concat(".", [table.schema, name]) in names
}
