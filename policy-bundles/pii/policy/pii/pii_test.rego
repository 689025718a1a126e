package pii_test

analyst := {
	"subject": "alice",
	"issuer": "https://issuer.example",
	"kind": "person",
	"groups": ["analysts"],
	"claims": {},
	"actors": [],
}

judged(facts) := outcome(asked_to("command", analyst, {"command": sql(facts)}))

column(name, use) := {"schema": null, "table": "customers", "name": name, "use": use}

reading(columns) := {"tables": [table("customers", "read")], "columns": columns}

forwarded := ["forward", {"tells_no_labelled_value"}]

test_analysts_connect if {
	outcome(asked_to("connect", analyst, {})) == ["forward", {"analyst"}]
	outcome(asked_to("connect", object.union(analyst, {"groups": []}), {})) == ["refuse", {"no_rule"}]
}

test_labelled_columns_may_be_read_by_other_columns if {
	judged(reading([column("email", "output"), column("id", "predicate")])) == forwarded
}

test_a_labelled_column_in_a_predicate_is_refused if {
	judged(reading([column("id", "output"), column("email", "predicate")])) == ["refuse", {"compares_labelled"}]
}

test_a_whole_row_in_a_predicate_holds_the_labelled_columns if {
	judged(reading([column("*", "predicate")])) == ["refuse", {"compares_labelled"}]
}

test_explain_tells_values_by_its_estimates if {
	facts := object.union(reading([column("email", "predicate")]), {"type": "explain"})
	judged(facts) == ["refuse", {"compares_labelled"}]
}

test_a_predicate_of_a_write_tells_values_by_its_count if {
	facts := {"type": "update", "tables": [table("customers", "write")], "columns": [column("email", "predicate")]}
	judged(facts) == ["refuse", {"compares_labelled"}]
}

test_labels_that_may_be_compared_are_data if {
	asked := {"command": sql(reading([column("name", "predicate")]))}
	answer := asked_to("command", analyst, asked) with data.pii.comparable as ["pii"]
	outcome(answer) == forwarded
	mixed := {"command": sql(reading([column("email", "predicate")]))}
	refused := asked_to("command", analyst, mixed) with data.pii.comparable as ["pii"]
	outcome(refused) == ["refuse", {"compares_labelled"}]
}

test_an_aggregate_beside_a_labelled_column_is_refused if {
	every function in ["max", "pg_catalog.string_agg", "count", "lag", "unnest"] {
		facts := object.union(reading([column("email", "output")]), {"functions": [function]})
		judged(facts) == ["refuse", {"aggregates_labelled"}]
	}
	judged(object.union(reading([column("id", "output")]), {"functions": ["count"]})) == forwarded
	judged(object.union(reading([column("email", "output")]), {"functions": ["lower"]})) == forwarded
}

test_labelled_values_do_not_move_where_nothing_masks_them if {
	every facts in [
		{"type": "insert", "tables": [table("notes", "write")], "columns": [column("email", "output")]},
		{"type": "create_table_as", "tables": [table("notes", "ddl")], "columns": [column("*", "output")]},
		{"type": "update", "tables": [table("customers", "write")], "columns": [column("email", "output")]},
	] {
		judged(facts) == ["refuse", {"moves_labelled"}]
	}
}

test_labelled_tables_are_not_copied if {
	every type in ["copy", "create_table"] {
		judged({"type": type, "tables": [table("customers", "read")]}) == ["refuse", {"copies_labelled"}]
		judged({"type": type, "tables": [table("orders", "read")]}) == forwarded
	}
}

test_what_hides_its_columns_is_refused if {
	judged({"functions": ["do_everything"]}) == ["refuse", {"unknown_function"}]
	judged({"type": "do", "side_effects": ["do"]}) == ["refuse", {"runs_server_code", "side_effect"}]
}

test_masked_values_are_not_written_back if {
	facts := {"type": "update", "tables": [table("customers", "write")], "columns": [column("email", "write")]}
	answer := asked_to("command", analyst, {"command": object.union(sql(facts), {"masked_tokens": true})})
	outcome(answer) == ["refuse", {"masked_value_written"}]
	judged(facts) == forwarded
}

test_reads_of_labelled_tables_are_limited_and_recorded_first if {
	answer := asked_to("command", analyst, {"command": sql(reading([column("email", "output")]))})
	answer.limits == {"rows": 1000}
	answer.record == "required"
	other := asked_to("command", analyst, {"command": sql({"tables": [table("orders", "read")]})})
	other.limits == {}
	other.record == "buffered"
}

masks(facts, columns) := [mask | some mask in answer.masks; is_number(mask.column)] if {
	answer := asked_to("result", analyst, {
		"command": sql(facts),
		"result": {"columns": [object.union(found, {"index": i, "name": "c", "type": "text"}) | some i, found in columns]},
	})
	answer.outcome == "forward"
}

stored(name) := {
	"origins": [{"schema": "public", "table": "customers", "column": name}],
	"traced": true,
	"direct": true,
}

test_labelled_columns_are_masked_by_their_method if {
	masks(reading([]), [stored("id"), stored("email"), stored("name"), stored("card_number")]) == [
		{"column": 1, "method": "partial", "keep_first": 1, "keep_from": "@"},
		{"column": 2, "method": "redact"},
		{"column": 3, "method": "partial", "keep_last": 4},
	]
}

test_what_cannot_be_traced_is_masked_beside_a_labelled_table if {
	untraced := {"origins": [], "traced": false, "direct": false}
	masks(reading([]), [untraced]) == [{"column": 0, "method": "redact"}]
	masks({"tables": [table("orders", "read")]}, [untraced]) == []
}
