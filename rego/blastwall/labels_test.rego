package blastwall.labels_test

import data.blastwall.labels

known := {
	"customers": {"email": ["pii"]},
	"sales.customers": {"note": ["free_text"]},
}

test_a_table_without_schema_matches_in_every_schema if {
	labels.of("any", "customers", "email") == {"pii"} with data.labels as known
}

test_a_table_with_schema_matches_in_that_schema_only if {
	labels.of("sales", "customers", "note") == {"free_text"} with data.labels as known
	labels.of("public", "customers", "note") == set() with data.labels as known
}

test_a_table_whose_schema_the_text_leaves_open_may_be_any if {
	labels.of(null, "customers", "note") == {"free_text"} with data.labels as known
	labels.of(null, "customers", "email") == {"pii"} with data.labels as known
	labels.of(null, "ers", "note") == set() with data.labels as known
}

test_a_whole_row_has_the_labels_of_all_columns if {
	labels.of("sales", "customers", "*") == {"pii", "free_text"} with data.labels as known
}

test_a_table_is_labelled_when_a_column_is if {
	labels.labelled("sales", "customers") with data.labels as known
	not labels.labelled("sales", "orders") with data.labels as known
}

test_without_labels_nothing_is_labelled if {
	labels.of("public", "customers", "email") == set()
	labels.of(null, "customers", "email") == set()
}
