package starter_test

test_ordinary_statements_are_forwarded if {
	every facts in [
		{"tables": [reads("orders")]},
		{"type": "insert", "tables": [writes("orders")]},
		{"type": "insert", "tables": [writes("customers")], "columns": [written("customers", "email")]},
		{"type": "update", "has_where": true, "tables": [writes("orders")]},
		{"type": "update", "has_where": true, "tables": [writes("customers")]},
		{"type": "delete", "has_where": true, "tables": [writes("orders")]},
		{"type": "copy", "tables": [reads("orders")]},
		{"type": "copy", "tables": [writes("orders")]},
		{"type": "create_table", "tables": [defines("scratch")]},
		{"type": "set", "side_effects": ["set_session", "set_session:statement_timeout"]},
		{"type": "prepare", "side_effects": ["prepare"], "tables": [reads("orders")]},
		{"type": "execute", "side_effects": ["execute"]},
		{"type": "declare_cursor", "tables": [reads("orders")]},
		{"type": "explain", "tables": [writes("orders")]},
		{"type": "explain", "side_effects": ["explain_analyze"], "tables": [reads("orders")]},
		{"side_effects": ["lock_rows"], "tables": [reads("orders")]},
		{"functions": ["f"], "side_effects": ["security_definer", "runs:insert"], "tables": [writes("orders")]},
	] {
		forwarded(facts)
	}
	every type in [
		"transaction",
		"show",
		"deallocate",
		"fetch",
		"close_cursor",
		"listen",
		"notify",
		"unlisten",
		"discard",
		"lock",
		"vacuum",
		"analyze",
	] {
		forwarded({"type": type})
	}
}

test_an_empty_command_is_forwarded if judge(sql([]), alice).outcome == "forward"

test_what_psql_asks_to_describe_tables_is_forwarded if {
	forwarded({
		"tables": [
			{"schema": "pg_catalog", "name": "pg_class", "access": "read"},
			{"schema": "pg_catalog", "name": "pg_namespace", "access": "read"},
			{"schema": "pg_catalog", "name": "pg_am", "access": "read"},
		],
		"functions": ["pg_catalog.pg_get_userbyid", "pg_catalog.pg_table_is_visible"],
		"has_where": true,
	})
	forwarded({"tables": [{"schema": "pg_catalog", "name": "pg_database", "access": "read"}]})
}

test_what_pgbench_runs_is_forwarded if {
	forwarded({"tables": [reads("pgbench_accounts")], "has_where": true})
	forwarded({"tables": [reads("pgbench_branches")], "functions": ["count"]})
	forwarded({"type": "update", "has_where": true, "tables": [writes("pgbench_accounts")]})
	forwarded({"type": "insert", "tables": [writes("pgbench_history")]})
}

test_a_message_that_is_not_sql_is_refused if {
	answer := judge({"kind": "unclassified", "protocol": "postgresql", "description": "FunctionCall", "digest": ""}, alice)
	answer.outcome == "refuse"
	codes(answer) == {"not_sql"}
}

test_replication_is_refused if {
	every mode in ["physical", "database"] {
		answer := judge({"kind": "replication", "protocol": "postgresql", "mode": mode, "digest": ""}, alice)
		answer.outcome == "refuse"
		codes(answer) == {"replication"}
	}
}

test_what_is_not_completely_understood_is_refused if {
	every understanding in ["partial", "none"] {
		answer := judge(object.union(sql([statement({})]), {"understanding": understanding}), alice)
		answer.outcome == "refuse"
		codes(answer) == {"not_understood"}
	}
}

test_drop_and_truncate_are_refused if {
	every type in ["drop", "truncate"] {
		refused({"type": type, "tables": [defines("orders")]}, "destroys_data")
	}
}

test_grant_and_revoke_are_refused if {
	every type in ["grant", "grant_role", "revoke", "revoke_role"] {
		refused({"type": type}, "changes_privileges")
	}
}

test_code_on_the_server_is_refused if {
	every type in ["do", "call"] {
		refused({"type": type, "side_effects": [type]}, "runs_server_code")
	}
}

test_other_definitions_are_refused if {
	every type in [
		"create_function",
		"create_role",
		"create_extension",
		"create_trig",
		"rule",
		"view",
		"alter_table",
		"alter_system",
		"alter_role",
		"create",
		"alter",
		"create_materialized_view",
		"unheard_of",
	] {
		refused({"type": type}, "type_not_offered")
	}
}

test_one_bad_statement_refuses_its_batch if {
	answer := judge(sql([statement({}), statement({"type": "drop"}), statement({})]), alice)
	answer.outcome == "refuse"
	codes(answer) == {"destroys_data"}
}

test_side_effects_that_are_not_known_as_harmless_are_refused if {
	every effect in [
		"copy_program",
		"copy_file",
		"data_modifying_cte",
		"large_object",
		"session_authorization",
		"set_role",
		"dynamic_sql",
		"opaque_code",
		"column_statistics",
		"query_in_value",
		"remote_query",
		"runs:truncate",
		"runs:drop",
		"runs:grant",
		"unheard_of",
	] {
		refused({"side_effects": [effect]}, "side_effect")
	}
}

test_update_and_delete_without_where_are_refused if {
	every type in ["update", "delete"] {
		refused({"type": type, "tables": [writes("orders")]}, "unbounded_write")
	}
}

test_writes_inside_prepare_and_explain_analyze_are_refused if {
	refused({"type": "prepare", "side_effects": ["prepare"], "tables": [writes("orders")]}, "wrapped_write")
	refused({"type": "explain", "side_effects": ["explain_analyze"], "tables": [writes("orders")]}, "wrapped_write")
}

test_dangerous_functions_are_refused_under_every_name if {
	every function in [
		"pg_read_file",
		"pg_catalog.pg_read_binary_file",
		"pg_ls_dir",
		"lo_import",
		"lo_export",
		"dblink",
		"public.dblink_exec",
		"query_to_xml",
		"query_to_xml_and_xmlschema",
		"table_to_xml",
		"pg_terminate_backend",
		"set_config",
		"pg_catalog.set_config",
		"ts_stat",
	] {
		refused({"functions": [function]}, "dangerous_function")
	}
}

test_relations_with_samples_and_secrets_are_refused if {
	every relation in ["pg_stats", "pg_statistic", "pg_authid", "pg_shadow", "pg_stat_activity"] {
		refused({"tables": [reads(relation)], "has_where": true}, "secret_relation")
		refused({"tables": [{"schema": "pg_catalog", "name": relation, "access": "read"}]}, "secret_relation")
	}
}

test_writes_of_agents_are_held if {
	write := sql([statement({"type": "insert", "tables": [writes("orders")]})])
	every principal in [agent_for_alice, object.union(alice, {"kind": "agent"})] {
		answer := judge(write, principal)
		answer.outcome == "hold"
		codes(answer) == {"agent_writes"}
		answer.hold.approvers == ["group:approvers"]
	}
	judge(write, pipeline).outcome == "forward"
}

test_reads_of_agents_are_forwarded if {
	judge(sql([statement({"tables": [reads("orders")]})]), agent_for_alice).outcome == "forward"
}

test_settings_that_change_who_asks_or_how_a_text_is_read_are_refused if {
	every setting in ["role", "session_authorization", "standard_conforming_strings", "client_encoding", "row_security", "*"] {
		refused({"type": "set", "side_effects": ["set_session", concat("", ["set_session:", setting])]}, "setting")
	}
}
