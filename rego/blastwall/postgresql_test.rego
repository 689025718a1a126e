package blastwall.postgresql_test

import data.blastwall.postgresql

lists := {
	"statement_types": {"select": true, "update": true, "prepare": true, "explain": true, "set": true, "fetch": true},
	"side_effects": {"prepare": true, "explain_analyze": true},
	"settings": {"timezone": true},
	"secret_relations": {"pg_authid": true},
	"dangerous_functions": {"set_config": true},
	"dangerous_function_prefixes": ["pg_read_"],
	"known_functions": {"lower": true},
}

command(facts) := {"command": {
	"kind": "sql",
	"understanding": "complete",
	"statements": [object.union(
		{
			"type": "select",
			"tables": [],
			"columns": [],
			"functions": [],
			"has_where": true,
			"limit": null,
			"side_effects": [],
		},
		facts,
	)],
}}

codes(asked) := {objection.code | some objection in objections(asked)}

objections(asked) := found if {
	found := postgresql.objections with input as asked with data.postgresql as lists
}

test_a_plain_statement_meets_no_objection if {
	codes(command({})) == set()
	codes(command({"type": "set", "side_effects": ["set_session:timezone"]})) == set()
	codes(command({"type": "explain", "tables": [{"schema": null, "name": "orders", "access": "write"}]})) == set()
	codes(command({"type": "prepare", "side_effects": ["prepare"], "functions": ["lower"]})) == set()
}

test_what_is_not_read_is_objected_to if {
	codes({"command": {"kind": "unclassified"}}) == {"not_sql"}
	codes({"command": {"kind": "replication"}}) == {"replication"}
	codes({"command": {"kind": "sql", "understanding": "partial", "statements": []}}) == {"not_understood"}
}

test_what_is_not_listed_as_harmless_is_objected_to if {
	codes(command({"type": "unheard_of"})) == {"type_not_offered"}
	codes(command({"side_effects": ["unheard_of"]})) == {"side_effect"}
	codes(command({"side_effects": ["set_session:role"]})) == {"setting"}
}

test_what_harms_is_objected_to if {
	codes(command({"type": "drop"})) == {"destroys_data"}
	codes(command({"type": "grant"})) == {"changes_privileges"}
	codes(command({"type": "do"})) == {"runs_server_code"}
	codes(command({"type": "update", "has_where": false})) == {"unbounded_write"}
	codes(command({"functions": ["pg_catalog.set_config"]})) == {"dangerous_function"}
	codes(command({"functions": ["pg_read_file"]})) == {"dangerous_function"}
	codes(command({"tables": [{"schema": "pg_catalog", "name": "pg_authid", "access": "read"}]})) == {"secret_relation"}
}

test_a_setting_may_be_changed_by_a_function_without_rows if {
	sets := {"functions": ["current_setting", "pg_catalog.set_config"], "side_effects": ["set_session", "set_session:timezone"]}
	changed(sets) == set()
	changed(object.union(sets, {"side_effects": ["set_session", "set_session:role"]})) == {"setting"}
	changed(object.union(sets, {"functions": ["set_config", "lower"]})) == {"dangerous_function"}
	changed(object.union(sets, {"type": "prepare"})) == {"dangerous_function"}
	changed(object.union(sets, {"tables": [{"schema": null, "name": "orders", "access": "read"}]})) == {"dangerous_function"}
}

changed(facts) := {objection.code |
	some objection in postgresql.objections with input as command(facts)
		with data.postgresql as object.union(lists, {"side_effects": {"set_session": true, "prepare": true}})
}

test_a_wrapped_write_is_objected_to if {
	write := {"tables": [{"schema": null, "name": "orders", "access": "write"}]}
	codes(command(object.union(write, {"type": "prepare"}))) == {"wrapped_write"}
	codes(command(object.union(write, {"type": "explain", "side_effects": ["explain_analyze"]}))) == {"wrapped_write"}
}

test_functions_are_known_by_their_full_name_or_by_the_list if {
	postgresql.unknown_functions == {"shop.lower", "mine"} with input as command({"functions": ["lower", "pg_catalog.abs", "shop.lower", "mine"]})
		with data.postgresql as lists
}

untraced(asked) if {
	postgresql.untraced_may_be_labelled with input as asked
		with data.postgresql as lists
		with data.labels as {"customers": {"email": ["pii"]}}
}

test_what_nobody_can_trace_may_be_labelled if {
	untraced({"command": {"kind": "unclassified"}})
	untraced(command({"tables": [{"schema": null, "name": "customers", "access": "read"}]}))
	untraced(command({"functions": ["mine"]}))
	untraced(command({"type": "fetch"}))
}

test_other_untraced_columns_hold_nothing_labelled if {
	not untraced(command({"tables": [{"schema": null, "name": "orders", "access": "read"}]}))
	not untraced(command({"type": "explain", "tables": [{"schema": null, "name": "customers", "access": "read"}]}))
}
