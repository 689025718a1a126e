package blastwall.sql_test

import data.blastwall.sql

table(schema, name, access) := {"schema": schema, "name": name, "access": access}

command(statement) := {"command": {
	"kind": "sql",
	"understanding": "complete",
	"statements": [object.union(
		{
			"type": "select",
			"tables": [],
			"columns": [],
			"functions": [],
			"has_where": false,
			"limit": null,
			"side_effects": [],
		},
		statement,
	)],
}}

test_types_and_side_effects_are_those_of_all_statements if {
	sql.types == {"select"} with input as command({})
	sql.side_effects == {"lock_rows"} with input as command({"side_effects": ["lock_rows"]})
}

test_other_kinds_have_no_statements if {
	not sql.statements with input as {"command": {"kind": "unclassified"}}
	sql.types == set() with input as {"command": {"kind": "unclassified"}}
}

test_only_a_complete_description_is_understood if {
	sql.understood with input as command({})
	every understanding in ["partial", "none"] {
		not sql.understood with input as {"command": {"kind": "sql", "understanding": understanding}}
	}
	not sql.understood with input as {"command": {"kind": "unclassified", "understanding": "complete"}}
}

test_functions_lose_their_schema if {
	sql.functions == {"lower", "now"} with input as command({"functions": ["lower", "pg_catalog.now"]})
}

test_a_table_is_read_under_either_name if {
	asked := command({"tables": [table("sales", "customers", "read")]})
	sql.reads("customers") with input as asked
	sql.reads("sales.customers") with input as asked
	not sql.reads("crm.customers") with input as asked
	not sql.reads("orders") with input as asked
	not sql.writes("customers") with input as asked
}

test_an_unqualified_table_may_be_of_any_schema if {
	asked := command({"tables": [table(null, "customers", "read")]})
	sql.reads("customers") with input as asked
	sql.reads("sales.customers") with input as asked
	not sql.reads("sales.orders") with input as asked
}

test_changes_of_rows_and_definitions_are_writes if {
	every access in ["write", "ddl"] {
		asked := command({"type": "update", "tables": [table("sales", "customers", access)]})
		sql.writes("sales.customers") with input as asked
		not sql.reads("sales.customers") with input as asked
	}
}

test_explain_writes_only_when_it_runs_the_statement if {
	planned := command({"type": "explain", "tables": [table(null, "orders", "write")]})
	not sql.writes("orders") with input as planned
	run := command({"type": "explain", "side_effects": ["explain_analyze"], "tables": [table(null, "orders", "write")]})
	sql.writes("orders") with input as run
}

test_labelled_tables_are_named if {
	asked := command({"tables": [table("public", "customers", "read"), table("public", "orders", "write")]})
	sql.labelled_tables == {"customers"} with input as asked
		with data.labels as {"customers": {"email": ["pii"]}}
}

test_a_label_is_touched_by_any_use_of_its_column if {
	every use in ["output", "predicate", "write"] {
		asked := command({"columns": [{"schema": null, "table": "customers", "name": "email", "use": use}]})
		sql.touches_label("pii") with input as asked
			with data.labels as {"customers": {"email": ["pii"]}}
	}
	other := command({"columns": [{"schema": null, "table": "customers", "name": "id", "use": "output"}]})
	not sql.touches_label("pii") with input as other
		with data.labels as {"customers": {"email": ["pii"]}}
}

test_update_and_delete_without_where_are_unbounded if {
	every type in ["update", "delete"] {
		sql.unbounded_write with input as command({"type": type})
		not sql.unbounded_write with input as command({"type": type, "has_where": true})
	}
	not sql.unbounded_write with input as command({"type": "insert"})
}

test_a_read_without_where_or_small_limit_is_bulk if {
	read := {"tables": [table(null, "customers", "read")]}
	sql.bulk_reads(100) == {"customers"} with input as command(read)
	sql.bulk_reads(100) == {"customers"} with input as command(object.union(read, {"limit": 101}))
	sql.bulk_reads(100) == set() with input as command(object.union(read, {"limit": 100}))
	sql.bulk_reads(100) == set() with input as command(object.union(read, {"has_where": true}))
	sql.bulk_reads(100) == set() with input as command(object.union(read, {"type": "explain"}))
}

test_a_right_covers_what_it_surely_names if {
	orders := table("sales", "orders", "read")
	every names in [["*"], ["orders"], ["sales.orders"], ["sales.*"], ["other", "orders"]] {
		sql.covers(names, orders)
	}
	every names in [[], ["order"], ["crm.orders"], ["crm.*"], ["sales"]] {
		not sql.covers(names, orders)
	}
}

test_a_right_in_a_schema_covers_no_table_whose_schema_the_text_leaves_open if {
	sql.covers(["orders"], table(null, "orders", "read"))
	every names in [["sales.orders"], ["sales.*"]] {
		not sql.covers(names, table(null, "orders", "read"))
	}
}
