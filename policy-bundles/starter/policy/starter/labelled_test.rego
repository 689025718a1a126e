package starter_test

test_deletes_on_labelled_tables_are_held if {
	held({"type": "delete", "has_where": true, "tables": [writes("customers")]}, "deletes_labelled_rows")
	held(
		{"type": "delete", "has_where": true, "tables": [{"schema": "public", "name": "customers", "access": "write"}]},
		"deletes_labelled_rows",
	)
	held({"type": "merge", "tables": [writes("customers"), reads("orders")]}, "deletes_labelled_rows")
	held({"functions": ["f"], "side_effects": ["runs:delete"], "tables": [writes("customers")]}, "deletes_labelled_rows")
}

test_a_hold_names_who_may_release_it if {
	answer := judged({"type": "delete", "has_where": true, "tables": [writes("customers")]})
	answer.hold == {"approvers": ["group:approvers"], "quorum": 1, "timeout": "10m"}
	answer.record == "required"
}

test_bulk_reads_of_labelled_tables_are_held if {
	every facts in [
		{},
		{"limit": 101},
		{"type": "declare_cursor"},
		{"type": "prepare", "side_effects": ["prepare"]},
	] {
		held(object.union(facts, {"tables": [reads("customers")]}), "bulk_read")
	}
}

test_small_reads_of_labelled_tables_are_forwarded if {
	forwarded({"tables": [reads("customers")], "limit": 100})
	forwarded({"tables": [reads("customers")], "has_where": true})
}

test_copies_of_labelled_columns_into_other_tables_are_held if {
	every facts in [
		{"type": "insert", "tables": [writes("scratch"), reads("customers")]},
		{"type": "create_table_as", "tables": [defines("scratch"), reads("customers")]},
		{"side_effects": ["select_into"], "tables": [defines("scratch"), reads("customers")]},
		{"type": "update", "has_where": true, "tables": [writes("scratch"), reads("customers")]},
	] {
		every name in ["email", "*"] {
			held(object.union(facts, {"columns": [column("customers", name)]}), "copies_labelled_columns")
		}
	}
}

test_copies_of_other_columns_are_forwarded if {
	forwarded({
		"type": "insert",
		"tables": [writes("orders"), reads("customers")],
		"columns": [column("customers", "id")],
	})
}

test_copy_of_labelled_tables_is_refused if {
	every table in [reads("customers"), writes("customers")] {
		refused({"type": "copy", "has_where": true, "tables": [table]}, "copies_labelled_table")
	}
}

test_copy_of_an_unknown_function_is_refused if {
	refused({"type": "copy", "functions": ["report_of_customers"]}, "copies_unknown_function")
	forwarded({"type": "copy", "functions": ["lower", "pg_catalog.anything"], "tables": [reads("orders")]})
}

test_a_table_made_of_an_unknown_function_is_refused if {
	refused({"type": "create_table_as", "functions": ["report_of_customers"]}, "stores_unknown_function")
	refused({"type": "select", "functions": ["report_of_customers"], "side_effects": ["select_into"]}, "stores_unknown_function")
	forwarded({"type": "create_table_as", "functions": ["lower", "generate_series"]})
}

test_a_table_made_from_a_labelled_one_is_refused if {
	refused({"type": "create_table", "tables": [defines("scratch"), reads("customers")]}, "defines_by_labelled_table")
}

test_a_masked_value_is_not_written_back if {
	every type in ["insert", "update", "merge"] {
		write := statement({"type": type, "has_where": true, "tables": [writes("customers")]})
		answer := judge(object.union(sql([write]), {"masked_tokens": true}), alice)
		answer.outcome == "refuse"
		"masked_value_written" in codes(answer)
	}
}

test_a_masked_value_may_stand_elsewhere if {
	every facts in [
		{"tables": [reads("customers")], "has_where": true},
		{"type": "insert", "tables": [writes("orders")]},
	] {
		answer := judge(object.union(sql([statement(facts)]), {"masked_tokens": true}), alice)
		answer.outcome == "forward"
	}
}

test_writes_and_reads_of_labelled_tables_require_a_record if {
	every facts in [
		{"type": "insert", "tables": [writes("orders")]},
		{"type": "create_table", "tables": [defines("scratch")]},
		{"tables": [reads("customers")], "has_where": true},
	] {
		judged(facts).record == "required"
	}
}

test_other_reads_are_recorded_without_waiting if {
	judged({"tables": [reads("orders")]}).record == "buffered"
}

# UPDATE customers SET name = email
test_labelled_columns_do_not_move_within_their_table if {
	every type in ["update", "insert"] {
		held(
			{"type": type, "has_where": true, "tables": [writes("customers")], "columns": [column("customers", "email")]},
			"moves_labelled_columns",
		)
	}
	forwarded({
		"type": "update",
		"has_where": true,
		"tables": [writes("customers")],
		"columns": [written("customers", "email"), column("customers", "name")],
	})
}
