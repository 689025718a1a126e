# METADATA
# title: Labels
# description: >-
#   What data.labels says of tables and columns. A table stands there as "customers", in whatever schema, or as "sales.customers", in that one only.
package blastwall.labels

# METADATA
# title: Labels of a column
# description: The labels of a column; "*" has those of every column of its table.
# custom:
#   examples: ['"pii" in labels.of("sales", "customers", "email")']
of(schema, table, column) := {label |
	some key in keys(schema, table)
	some name, found in data.labels[key]
	column in {"*", name}
	some label in found
}

# METADATA
# title: Labelled table
# description: Whether some column of the table has a label.
# custom:
#   examples: ['labels.labelled("sales", "customers")']
labelled(schema, table) if count(of(schema, table, "*")) > 0

keys(schema, table) := {table, concat(".", [schema, table])} if {
	is_string(schema)
} else := {table} | {key |
	# The text leaves the schema to the search path, so the table of any schema may be meant.
	suffix := concat("", [".", table])
	some key in qualified
	endswith(key, suffix)
}

qualified contains key if {
	some key, _ in data.labels
	contains(key, ".")
}
