# METADATA
# title: PostgreSQL
# description: >-
#   What no policy should let through by oversight, judged by the lists in data.postgresql. What is not listed there as harmless counts as harmful.
package blastwall.postgresql

import data.blastwall.sql

# METADATA
# scope: document
# title: Objections
# description: >-
#   What speaks against the command, as {"code", "message"}: that it is no SQL or not completely understood, that it does more than it says, or that the gateway could not see what it does.
# custom:
#   examples: ['some objection in postgresql.objections']
objections contains {
	"code": "not_sql",
	"message": "The gateway does not know what this message asks for. Send the command as an SQL statement.",
} if {
	not input.command.kind in {"sql", "replication"}
}

objections contains {
	"code": "replication",
	"message": "A stream of replication is every row of every table, neither judged nor masked. Read what you need with SELECT or COPY.",
} if {
	input.command.kind == "replication"
}

objections contains {
	"code": "not_understood",
	"message": "The gateway could not read all of this command. Simplify it, or send its statements one by one.",
} if {
	input.command.kind == "sql"
	not sql.understood
}

objections contains {
	"code": "destroys_data",
	"message": "DROP and TRUNCATE are not run through the gateway. Put them into a reviewed migration.",
} if {
	some type in sql.types
	type in {"drop", "truncate"}
}

objections contains {
	"code": "changes_privileges",
	"message": "GRANT and REVOKE are not run through the gateway. Ask for access by a change of the policy.",
} if {
	some type in sql.types
	type in {"grant", "grant_role", "revoke", "revoke_role"}
}

objections contains {
	"code": "runs_server_code",
	"message": "DO and CALL run code that the gateway cannot see. Send the statements themselves.",
} if {
	some type in sql.types
	type in {"do", "call"}
}

objections contains {
	"code": "type_not_offered",
	"message": concat("", ["Statements of type ", type, " are not run through the gateway. Put them into a reviewed migration."]),
} if {
	some type in types_not_offered
	not type in {"drop", "truncate", "grant", "grant_role", "revoke", "revoke_role", "do", "call"}
}

objections contains {
	"code": "side_effect",
	"message": concat("", ["The command does more than its statement says: ", effect, ". Send a plain statement instead."]),
} if {
	some effect in sql.side_effects
	not startswith(effect, "set_session:")
	not data.postgresql.side_effects[effect]
}

objections contains {
	"code": "setting",
	"message": concat("", ["The setting ", setting, " changes who asks or how the session is read, so it stays as it is. Leave that statement out."]),
} if {
	some effect in sql.side_effects
	startswith(effect, "set_session:")
	setting := substring(effect, count("set_session:"), -1)
	not data.postgresql.settings[setting]
}

objections contains {
	"code": "unbounded_write",
	"message": "UPDATE and DELETE without a WHERE change every row. Add a WHERE that names the rows.",
} if {
	sql.unbounded_write
}

# Their WHERE and the kind of their write are not described, so the rules for UPDATE and DELETE cannot judge them.
objections contains {
	"code": "wrapped_write",
	"message": "A write inside PREPARE or EXPLAIN ANALYZE is not run. Send the write itself.",
} if {
	some statement in sql.statements
	wraps(statement)
	some table in statement.tables
	table.access in {"write", "ddl"}
}

objections contains {
	"code": "dangerous_function",
	"message": concat("", ["The function ", function, " reaches beyond the tables that the command names. Send a statement without it."]),
} if {
	some statement in sql.statements
	not only_sets(statement)
	some called in statement.functions
	parts := split(called, ".")
	function := parts[count(parts) - 1]
	dangerous(function)
}

objections contains {
	"code": "secret_relation",
	"message": concat("", ["The relation ", table.name, " holds samples of rows, statements of others, or secrets. Ask a database administrator for what you need of it."]),
} if {
	some statement in sql.statements
	some table in statement.tables
	data.postgresql.secret_relations[table.name]
}

# METADATA
# title: Types not offered
# description: The types of statements that data.postgresql.statement_types does not list.
# custom:
#   examples: ['count(postgresql.types_not_offered) == 0']
types_not_offered contains type if {
	some type in sql.types
	not data.postgresql.statement_types[type]
}

# METADATA
# title: Unknown functions
# description: >-
#   The functions called of which nobody knows what they read: neither the server's own by their full name nor listed in data.postgresql.known_functions.
# custom:
#   examples: ['some function in postgresql.unknown_functions']
unknown_functions contains function if {
	some statement in sql.statements
	some function in statement.functions
	not startswith(function, "pg_catalog.")
	not data.postgresql.known_functions[function]
}

# METADATA
# scope: document
# title: Untraced columns may be labelled
# description: >-
#   Whether a column of the result of which nobody can prove where it comes from may hold what a label protects.
# custom:
#   examples: ['postgresql.untraced_may_be_labelled']
untraced_may_be_labelled if {
	# Plans and settings hold no rows.
	some type in sql.types
	not type in {"explain", "show"}
	hides_labelled
}

# Nothing is known of a command that is not SQL, or not all of one that was not fully read.
untraced_may_be_labelled if not sql.understood

hides_labelled if count(sql.labelled_tables) > 0

hides_labelled if count(unknown_functions) > 0

# What these return was named by an earlier command.
hides_labelled if {
	some type in sql.types
	type in {"execute", "fetch", "call"}
}

# What SET is short for, as drivers send it: the settings are judged by their names, and no row can get into one.
only_sets(statement) if {
	statement.type == "select"
	count(statement.tables) == 0
	some effect in statement.side_effects
	startswith(effect, "set_session:")
	every function in statement.functions {
		function in {"set_config", "pg_catalog.set_config", "current_setting", "pg_catalog.current_setting"}
	}
}

wraps(statement) if statement.type == "prepare"

wraps(statement) if "explain_analyze" in statement.side_effects

dangerous(function) if data.postgresql.dangerous_functions[function]

dangerous(function) if {
	some prefix in data.postgresql.dangerous_function_prefixes
	startswith(function, prefix)
}
