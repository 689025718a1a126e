# What a gateway asks about an SQL command: twelve partial rules over the labels of 200 tables.
package sql

decision := {
	"outcome": outcome,
	"reasons": refuse | hold,
	"masks": mask,
	"rows": min(limit | {100000}),
}

outcome := "refuse" if {
	count(refuse) > 0
} else := "hold" if {
	count(hold) > 0
} else := "forward"

tables contains table if {
	some statement in input.command.statements
	some table in statement.tables
}

columns contains column if {
	some statement in input.command.statements
	some column in statement.columns
}

labels(column) := data.catalog[column.table].columns[column.name]

refuse contains "the type of statement is not offered" if {
	some statement in input.command.statements
	not statement.type in {"select", "insert", "update", "delete"}
}

refuse contains "a write without a condition" if {
	some statement in input.command.statements
	statement.type in {"update", "delete"}
	not statement.where
}

refuse contains sprintf("the table %s is not in the catalog", [table.name]) if {
	some table in tables
	not data.catalog[table.name]
}

refuse contains sprintf("a secret column of %s", [column.table]) if {
	some column in columns
	"secret" in labels(column)
}

refuse contains sprintf("the function %s is not allowed", [function]) if {
	some statement in input.command.statements
	some function in statement.functions
	not function in {"count", "lower", "upper", "sum", "now"}
}

refuse contains "the caller has no group for this database" if {
	not allowed_group
}

allowed_group if {
	some group in input.principal.groups
	group in data.databases[input.connection.database].groups
}

hold contains sprintf("personal data of %s is written", [column.table]) if {
	some column in columns
	column.use == "write"
	"pii" in labels(column)
}

hold contains sprintf("an agent writes to %s", [table.name]) if {
	some actor in input.principal.actors
	actor.kind == "agent"
	some table in tables
	table.access == "write"
}

hold contains sprintf("%s belongs to another team", [table.name]) if {
	some table in tables
	table.access == "write"
	not data.catalog[table.name].owner in input.principal.groups
}

mask contains {"table": column.table, "column": column.name, "method": "partial"} if {
	some column in columns
	column.use == "output"
	"pii" in labels(column)
}

mask contains {"table": column.table, "column": column.name, "method": "hash"} if {
	some column in columns
	column.use == "output"
	"financial" in labels(column)
	not "finance" in input.principal.groups
}

limit contains 1000 if {
	some table in tables
	data.catalog[table.name].size == "large"
}
