package policy.starter

import data.blastwall.labels
import data.blastwall.postgresql
import data.blastwall.sql

hold contains {
	"code": "deletes_labelled_rows",
	"message": concat("", ["The command deletes rows of ", table.name, ", which holds personal data. An approver has to release it."]),
	"approvers": ["group:approvers"],
} if {
	input.point == "command"
	some statement in sql.statements
	deletes(statement)
	some table in statement.tables
	table.access == "write"
	labels.labelled(table.schema, table.name)
}

hold contains {
	"code": "bulk_read",
	"message": concat("", ["The command reads all rows of ", table, ", which holds personal data. Add a WHERE or a LIMIT of at most 100, or wait for an approver."]),
	"approvers": ["group:approvers"],
} if {
	input.point == "command"
	some table in (sql.bulk_reads(100) & sql.labelled_tables)
}

hold contains {
	"code": "copies_labelled_columns",
	"message": concat("", ["The command copies labelled columns into ", target.name, ", where nothing masks them. An approver has to release it."]),
	"approvers": ["group:approvers"],
} if {
	input.point == "command"
	some statement in sql.statements
	some target in unlabelled_targets(statement)
	some column in statement.columns
	count(labels.of(column.schema, column.table, column.name)) > 0
}

# Within its own table, too, a value leaves the mask that belongs to its column: SET name = email.
hold contains {
	"code": "moves_labelled_columns",
	"message": concat("", ["The command stores or returns what ", column.table, ".", column.name, " holds while it changes the table, and a value that moves to another column is no longer masked. Leave the column out of SET and RETURNING, or wait for an approver."]),
	"approvers": ["group:approvers"],
} if {
	input.point == "command"
	some statement in sql.statements
	statement.type != "explain"
	some table in statement.tables
	table.access == "write"
	labels.labelled(table.schema, table.name)
	some column in statement.columns
	column.use == "output"
	count(labels.of(column.schema, column.table, column.name)) > 0
}

# What COPY sends is a stream without columns that could be masked, and what it takes cannot be searched for masked words.
refuse contains {
	"code": "copies_labelled_table",
	"message": concat("", ["COPY would move the personal data of ", table.name, " unmasked. Use SELECT or INSERT instead."]),
} if {
	input.point == "command"
	some statement in sql.statements
	statement.type == "copy"
	some table in statement.tables
	labels.labelled(table.schema, table.name)
}

refuse contains {
	"code": "copies_unknown_function",
	"message": concat("", ["COPY of what the function ", function, " returns cannot be masked. Use SELECT instead."]),
} if {
	input.point == "command"
	"copy" in sql.types
	some function in postgresql.unknown_functions
}

refuse contains {
	"code": "stores_unknown_function",
	"message": concat("", ["What the function ", function, " returns would lie in a new table, where nothing masks it. Create the table by its columns."]),
} if {
	input.point == "command"
	some statement in sql.statements
	makes_table_of_query(statement)
	some function in postgresql.unknown_functions
}

refuse contains {
	"code": "defines_by_labelled_table",
	"message": concat("", ["A table made from ", table.name, " would take its personal data in without its labels. Create the table by its columns."]),
} if {
	input.point == "command"
	some statement in sql.statements
	statement.type == "create_table"
	some table in statement.tables
	labels.labelled(table.schema, table.name)
}

refuse contains {
	"code": "masked_value_written",
	"message": "The command would write a masked value over the real one. Leave that column out of the write.",
} if {
	input.point == "command"
	input.command.masked_tokens == true
	some table in sql.written
	labels.labelled(table.schema, table.name)
}

record_required if {
	input.point == "command"
	count(sql.written) > 0
}

record_required if {
	input.point == "command"
	count(sql.labelled_tables) > 0
}

deletes(statement) if statement.type in {"delete", "merge"}

# A function that the statement calls does.
deletes(statement) if {
	some effect in statement.side_effects
	effect in {"runs:delete", "runs:merge"}
}

unlabelled_targets(statement) := {table |
	statement.type != "explain"
	some table in statement.tables
	table.access in {"write", "ddl"}
	not labels.labelled(table.schema, table.name)
}

makes_table_of_query(statement) if statement.type == "create_table_as"

makes_table_of_query(statement) if "select_into" in statement.side_effects
