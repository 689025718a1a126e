package starter_test

import data.blastwall

reading := {"tables": [reads("customers")], "has_where": true}

other := {"tables": [reads("orders")], "has_where": true}

# The masks of columns, without those of the detectors.
masked(facts, columns) := [mask |
	some mask in described(facts, columns).masks
	is_number(mask.column)
]

test_labelled_columns_are_masked if {
	columns := [
		stored("customers", "id"),
		stored("customers", "email"),
		stored("customers", "national_id"),
		stored("customers", "card_number"),
	]
	masked(reading, columns) == [
		{"column": 1, "method": "partial", "keep_first": 1, "keep_from": "@"},
		{"column": 2, "method": "redact"},
		{"column": 3, "method": "partial", "keep_last": 4},
	]
}

test_what_is_computed_from_labelled_columns_is_masked_whole if {
	computed := object.union(stored("customers", "email"), {"direct": false})
	masked(reading, [computed, stored("customers", "*")]) == [
		{"column": 0, "method": "redact"},
		{"column": 1, "method": "redact"},
	]
}

test_a_labelled_column_without_a_mask_of_its_own_is_redacted if {
	facts := {"tables": [reads("payments")], "has_where": true}
	answer := blastwall.decision with input as object.union(question("result", alice), {
		"command": sql([statement(facts)]),
		"result": {"columns": [object.union(stored("payments", "iban"), {"index": 0, "name": "c", "type": "text"})]},
	})
		with data.labels as {"payments": {"iban": ["pii"]}}
	{"column": 0, "method": "redact"} in answer.masks
}

test_detectors_look_everywhere_else if {
	answer := described(other, [stored("orders", "note")])
	answer.outcome == "forward"
	answer.masks == [
		{"detector": "card_number", "method": "partial", "keep_last": 4},
		{"detector": "cloud_key", "method": "redact"},
		{"detector": "jwt", "method": "redact"},
		{"detector": "us_ssn", "method": "redact"},
	]
}

test_untraced_columns_beside_labelled_tables_are_redacted if {
	masked(reading, [untraced]) == [{"column": 0, "method": "redact"}]
}

test_untraced_columns_of_unknown_functions_are_redacted if {
	masked(object.union(other, {"functions": ["report_of_customers"]}), [untraced]) == [{"column": 0, "method": "redact"}]
}

test_untraced_columns_of_earlier_statements_are_redacted if {
	every type in ["execute", "fetch"] {
		masked({"type": type}, [untraced]) == [{"column": 0, "method": "redact"}]
	}
}

test_untraced_columns_of_what_is_not_understood_are_redacted if {
	answer := blastwall.decision with input as object.union(question("result", alice), {
		"command": {"kind": "unclassified", "protocol": "postgresql", "description": "", "digest": ""},
		"result": {"columns": [object.union(untraced, {"index": 0, "name": "c", "type": "text"})]},
	})
	{"column": 0, "method": "redact"} in answer.masks
}

test_untraced_columns_of_other_tables_and_known_functions_stay if {
	masked(object.union(other, {"functions": ["count", "pg_catalog.format_type"]}), [untraced]) == []
}

test_what_psql_describes_stays_readable if {
	facts := {
		"tables": [{"schema": "pg_catalog", "name": "pg_class", "access": "read"}],
		"functions": ["pg_catalog.pg_get_userbyid", "pg_catalog.pg_table_is_visible"],
		"has_where": true,
	}
	masked(facts, [untraced, stored("pg_class", "relname")]) == []
}

test_plans_and_settings_stay_readable if {
	masked({"type": "explain", "tables": [reads("customers")]}, [untraced]) == []
	masked({"type": "show"}, [untraced]) == []
}

test_a_plan_does_not_unmask_the_rest_of_its_batch if {
	answer := blastwall.decision with input as object.union(question("result", alice), {
		"command": sql([statement({"type": "explain"}), statement(reading)]),
		"result": {"columns": [object.union(untraced, {"index": 0, "name": "c", "type": "text"})]},
	})
	{"column": 0, "method": "redact"} in answer.masks
}
