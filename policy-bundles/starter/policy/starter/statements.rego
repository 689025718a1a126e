package policy.starter

import data.blastwall.sql
import data.blastwall.who

allow contains {
	"code": "ordinary_statement",
	"message": "Statements of these types may be run.",
} if {
	input.point == "command"
	sql.understood
	count(types_not_offered) == 0
}

refuse contains {
	"code": "not_sql",
	"message": "The gateway does not know what this message asks for. Send the command as an SQL statement.",
} if {
	input.point == "command"
	input.command.kind != "sql"
}

refuse contains {
	"code": "not_understood",
	"message": "The gateway could not read all of this command. Simplify it, or send its statements one by one.",
} if {
	input.point == "command"
	input.command.kind == "sql"
	not sql.understood
}

refuse contains {
	"code": "destroys_data",
	"message": "DROP and TRUNCATE are not run through the gateway. Put them into a reviewed migration.",
} if {
	input.point == "command"
	some type in sql.types
	type in {"drop", "truncate"}
}

refuse contains {
	"code": "changes_privileges",
	"message": "GRANT and REVOKE are not run through the gateway. Ask for access by a change of the policy.",
} if {
	input.point == "command"
	some type in sql.types
	type in {"grant", "grant_role", "revoke", "revoke_role"}
}

refuse contains {
	"code": "runs_server_code",
	"message": "DO and CALL run code that the gateway cannot see. Send the statements themselves.",
} if {
	input.point == "command"
	some type in sql.types
	type in {"do", "call"}
}

refuse contains {
	"code": "type_not_offered",
	"message": concat("", ["Statements of type ", type, " are not run through the gateway. Put them into a reviewed migration."]),
} if {
	input.point == "command"
	some type in types_not_offered
	not type in {"drop", "truncate", "grant", "grant_role", "revoke", "revoke_role", "do", "call"}
}

refuse contains {
	"code": "side_effect",
	"message": concat("", ["The command does more than its statement says: ", effect, ". Send a plain statement instead."]),
} if {
	input.point == "command"
	some effect in sql.side_effects
	not startswith(effect, "set_session:")
	not data.postgresql.side_effects[effect]
}

refuse contains {
	"code": "setting",
	"message": concat("", ["The setting ", setting, " changes who asks or how the session is read, so it stays as it is. Leave that statement out."]),
} if {
	input.point == "command"
	some effect in sql.side_effects
	startswith(effect, "set_session:")
	setting := substring(effect, count("set_session:"), -1)
	not data.postgresql.settings[setting]
}

refuse contains {
	"code": "unbounded_write",
	"message": "UPDATE and DELETE without a WHERE change every row. Add a WHERE that names the rows.",
} if {
	input.point == "command"
	sql.unbounded_write
}

# Their WHERE and the kind of their write are not described, so the rules for UPDATE and DELETE cannot judge them.
refuse contains {
	"code": "wrapped_write",
	"message": "A write inside PREPARE or EXPLAIN ANALYZE is not run. Send the write itself.",
} if {
	input.point == "command"
	some statement in sql.statements
	wraps(statement)
	some table in statement.tables
	table.access in {"write", "ddl"}
}

refuse contains {
	"code": "dangerous_function",
	"message": concat("", ["The function ", function, " reaches beyond the tables that the command names. Send a statement without it."]),
} if {
	input.point == "command"
	some function in sql.functions
	dangerous(function)
}

refuse contains {
	"code": "secret_relation",
	"message": concat("", ["The relation ", table.name, " holds samples of rows, statements of others, or secrets. Ask a database administrator for what you need of it."]),
} if {
	input.point == "command"
	some statement in sql.statements
	some table in statement.tables
	data.postgresql.secret_relations[table.name]
}

hold contains {
	"code": "agent_writes",
	"message": "An agent wants to change data. Approve it if the person for whom it acts means that.",
	"approvers": ["group:approvers"],
} if {
	input.point == "command"
	count(sql.written) > 0
	who.chain_includes("agent")
}

types_not_offered contains type if {
	some type in sql.types
	not data.postgresql.statement_types[type]
}

wraps(statement) if statement.type == "prepare"

wraps(statement) if "explain_analyze" in statement.side_effects

dangerous(function) if data.postgresql.dangerous_functions[function]

dangerous(function) if {
	some prefix in data.postgresql.dangerous_function_prefixes
	startswith(function, prefix)
}
