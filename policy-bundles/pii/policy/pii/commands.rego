# METADATA
# title: Personal data
# description: >-
#   Labelled columns are shown masked, and what would tell their values past the masks is refused. README.md says it in a table.
package policy.pii

import data.blastwall.labels
import data.blastwall.postgresql
import data.blastwall.sql
import data.blastwall.who

allow contains {
	"code": "analyst",
	"message": "The caller belongs to a group that may read.",
} if {
	input.point == "connect"
	some group in data.pii.groups
	who.in_group(group)
}

allow contains {
	"code": "tells_no_labelled_value",
	"message": "Nothing in the command tells a labelled value past its mask.",
} if {
	input.point == "command"
	sql.understood
}

refuse contains objection if {
	input.point == "command"
	some objection in postgresql.objections
}

# WHERE, HAVING, JOIN … ON and USING, GROUP BY, DISTINCT, ORDER BY, LIMIT: the description calls all of them predicates.
refuse contains {
	"code": "compares_labelled",
	"message": concat("", ["The command compares, joins, groups or sorts by ", shown(column), ", and which rows come back or in what order tells its values. Use a key that is no personal data."]),
} if {
	input.point == "command"
	some column in protected_columns
	column.use == "predicate"
}

# How many rows a group has is known to nobody before it runs, so no aggregate is over enough of them. The description
# does not say either what a function is given, so any labelled column that its statement reads counts.
refuse contains {
	"code": "aggregates_labelled",
	"message": concat("", ["The command calls ", function, " in a statement that reads ", shown(column), ", and how many rows come back, or what few of them add up to, tells its values. Leave one of them out."]),
} if {
	input.point == "command"
	some statement in sql.statements
	some function in statement.functions
	data.pii_functions.telling[unqualified(function)]
	some column in statement.columns
	column.use == "output"
	protected(column)
}

# In another column, in RETURNING, or in another table nothing masks them.
refuse contains {
	"code": "moves_labelled",
	"message": concat("", ["The command stores or returns what ", shown(column), " holds while it changes data, and nothing masks it there. Leave the column out."]),
} if {
	input.point == "command"
	some statement in sql.statements
	statement.type != "explain"
	some table in statement.tables
	table.access in {"write", "ddl"}
	some column in statement.columns
	column.use == "output"
	count(labels.of(column.schema, column.table, column.name)) > 0
}

# What COPY sends is a stream without columns that could be masked, and a table made from another takes no labels along.
refuse contains {
	"code": "copies_labelled",
	"message": concat("", ["The command would copy ", table.name, ", which holds personal data, and nothing masks the copy. Use SELECT."]),
} if {
	input.point == "command"
	some statement in sql.statements
	statement.type in {"copy", "create_table"}
	some table in statement.tables
	labels.labelled(table.schema, table.name)
}

# What it returns is masked in a result, but neither in a stream nor in a table; and what it compares is not seen.
refuse contains {
	"code": "unknown_function",
	"message": concat("", ["Nobody can see which columns the function ", function, " uses. Send the statements themselves, or ask the owners of the policy to list it as known."]),
} if {
	input.point == "command"
	some function in postgresql.unknown_functions
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

limit contains {"rows": data.pii.rows} if {
	input.point == "command"
	count(sql.labelled_tables) > 0
}

record_required if {
	input.point == "command"
	count(sql.labelled_tables) > 0
}

protected_columns contains column if {
	some statement in sql.statements
	some column in statement.columns
	protected(column)
}

# Columns are protected by any of their labels, unless all of them may be compared.
protected(column) if {
	some label in labels.of(column.schema, column.table, column.name)
	not label in data.pii.comparable
}

shown(column) := concat(".", [column.table, column.name])

unqualified(function) := parts[count(parts) - 1] if parts := split(function, ".")
