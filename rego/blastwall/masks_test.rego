package blastwall.masks_test

import data.blastwall

email := {"schema": "public", "table": "customers", "column": "email"}

name := {"schema": "public", "table": "customers", "column": "name"}

card := {"schema": "public", "table": "customers", "column": "card_number"}

row := {"schema": "public", "table": "customers", "column": "*"}

labelled := {"customers": {"email": ["pii", "email"], "card_number": ["pii", "card"]}}

by_label := {"label": "email", "method": "partial", "keep_first": 1, "keep_from": "@"}

stored(origin) := {"origins": [origin], "traced": true, "direct": true}

computed(origins) := {"origins": origins, "traced": true, "direct": false}

masks(columns, wanted) := answer.masks if {
	answer := blastwall.decision with input as {
		"version": 1,
		"point": "result",
		"result": {"columns": [object.union(column, {"index": i, "name": "c", "type": "text"}) | some i, column in columns]},
		"rules": {"mask": wanted, "allow": [{"code": "a", "message": "Allowed."}]},
	}
		with data.labels as labelled
}

test_a_label_masks_the_columns_that_carry_it if {
	masks([stored(name), stored(email)], [by_label]) == [{"column": 1, "method": "partial", "keep_first": 1, "keep_from": "@"}]
}

test_a_label_masks_what_is_computed_from_its_column_as_a_whole if {
	masks([computed([name, email])], [by_label]) == [{"column": 0, "method": "redact"}]
}

test_a_column_of_which_nothing_says_that_it_is_the_stored_value_is_redacted if {
	masks([{"origins": [email], "traced": true}], [by_label]) == [{"column": 0, "method": "redact"}]
}

test_a_whole_row_carries_the_labels_of_its_columns if {
	masks([computed([row])], [by_label]) == [{"column": 0, "method": "redact"}]
}

test_a_named_column_is_masked if {
	every selector in ["customers.email", "public.customers.email"] {
		masks([stored(email), stored(card)], [{"column": selector, "method": "hash"}]) == [{"column": 0, "method": "hash"}]
	}
}

test_a_column_of_another_schema_is_not_the_named_one if {
	masks([stored(email)], [{"column": "sales.customers.email", "method": "hash"}]) == []
}

test_a_named_column_is_masked_in_a_whole_row if {
	masks([computed([row])], [{"column": "customers.email", "method": "null"}]) == [{"column": 0, "method": "null"}]
}

test_a_column_whose_schema_is_unknown_counts_as_the_named_one if {
	unknown := object.union(email, {"schema": null})
	masks([stored(unknown)], [{"column": "sales.customers.email", "method": "hash"}]) == [{"column": 0, "method": "hash"}]
}

test_detectors_are_handed_on if {
	wanted := {"detector": "card_number", "method": "partial", "keep_last": 4}
	masks([stored(name)], [wanted]) == [wanted]
}

test_a_path_leads_into_the_stored_document if {
	wanted := {"column": "customers.email", "path": "$.ssn", "method": "partial", "keep_last": 4}
	masks([stored(email)], [wanted]) == [{"column": 0, "path": "$.ssn", "method": "partial", "keep_last": 4}]
	masks([computed([email])], [wanted]) == [{"column": 0, "method": "redact"}]
}

test_paths_stand_beside_each_other_and_beside_the_mask_of_the_whole if {
	wanted := [
		{"label": "email", "path": "$.a", "method": "hash"},
		{"label": "email", "path": "$.b[*].c", "method": "null"},
		{"label": "pii", "method": "redact"},
	]
	answer := masks([stored(email)], wanted)
	{mask | some mask in answer} == {
		{"column": 0, "method": "redact"},
		{"column": 0, "path": "$.a", "method": "hash"},
		{"column": 0, "path": "$.b[*].c", "method": "null"},
	}
}

test_a_path_that_leads_nowhere_refuses_the_result if {
	every mask in [
		{"column": "c.d", "path": "ssn", "method": "redact"},
		{"column": "c.d", "path": "$", "method": "redact"},
		{"column": "c.d", "path": "$.a[0]", "method": "redact"},
		{"column": "c.d", "path": 7, "method": "redact"},
		{"detector": "jwt", "path": "$.a", "method": "redact"},
		{"untraced": true, "path": "$.a", "method": "redact"},
	] {
		answer := blastwall.decision with input as {
			"version": 1,
			"point": "result",
			"result": {"columns": []},
			"rules": {"mask": [mask], "allow": [{"code": "a", "message": "Allowed."}]},
		}
		answer.outcome == "refuse"
		answer.reasons[0].code == "malformed_mask"
	}
}

test_untraced_columns_are_masked_on_demand if {
	untraced := {"origins": [], "traced": false, "direct": false}
	masks([stored(name), untraced], [{"untraced": true, "method": "redact"}]) == [{"column": 1, "method": "redact"}]
}

test_the_strongest_of_several_masks_wins if {
	weaker := ["partial", "hash", "tokenize", "redact", "null"]
	every i in [1, 2, 3, 4] {
		wanted := [{"label": "email", "method": method} | some j, method in weaker; j <= i]
		masks([stored(email)], wanted) == [{"column": 0, "method": weaker[i]}]
	}
}

test_two_different_partial_masks_redact if {
	masks([stored(email)], [by_label, {"label": "pii", "method": "partial", "keep_last": 4}]) == [{"column": 0, "method": "redact"}]
}

test_an_unknown_method_shows_nothing if {
	masks([stored(email)], [{"label": "email", "method": "blur"}]) == [{"column": 0, "method": "null"}]
	masks([stored(email)], [{"label": "email"}]) == [{"column": 0, "method": "null"}]
	masks([stored(name)], [{"detector": "jwt", "method": "blur"}]) == [{"detector": "jwt", "method": "null"}]
}

test_a_mask_that_selects_nothing_refuses_the_result if {
	every mask in [{"method": "redact"}, {"lable": "pii", "method": "redact"}, {"column": "email", "method": "redact"}, {"label": 7}] {
		answer := blastwall.decision with input as {
			"version": 1,
			"point": "result",
			"result": {"columns": []},
			"rules": {"mask": [mask], "allow": [{"code": "a", "message": "Allowed."}]},
		}
		answer.outcome == "refuse"
		answer.reasons[0].code == "malformed_mask"
	}
}

test_a_command_has_no_masks if {
	answer := blastwall.decision with input as {
		"version": 1,
		"point": "command",
		"rules": {"mask": [by_label, {"detector": "jwt", "method": "redact"}, {"method": "redact"}], "allow": [{"code": "a", "message": "Allowed."}]},
	}
	answer.outcome == "forward"
	answer.masks == []
}
