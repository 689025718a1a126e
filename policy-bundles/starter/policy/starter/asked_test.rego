# The questions of the tests, as the gateway asks them.
package starter_test

import data.blastwall

alice := {
	"subject": "alice",
	"issuer": "https://issuer.example",
	"kind": "person",
	"groups": ["engineers"],
	"claims": {},
	"actors": [],
}

pipeline := object.union(alice, {"subject": "pipeline", "kind": "ci", "groups": []})

agent_for_alice := object.union(alice, {"actors": [{
	"subject": "agent",
	"issuer": "https://issuer.example",
	"kind": "agent",
}]})

question(point, principal) := {
	"version": 1,
	"point": point,
	"principal": principal,
	"connection": {"name": "shop", "protocol": "postgresql", "database": "shop", "labels": {}},
	"client": {"address": "127.0.0.1", "application": "psql", "tls": true},
	"session": {"id": "s", "parent": null, "commands": 1, "grant": null},
	"time": {"now_ns": 0},
}

statement(facts) := object.union(
	{
		"type": "select",
		"tables": [],
		"columns": [],
		"functions": [],
		"has_where": false,
		"limit": null,
		"side_effects": [],
	},
	facts,
)

sql(statements) := {
	"kind": "sql",
	"dialect": "postgresql",
	"text": "",
	"digest": "",
	"understanding": "complete",
	"statements": statements,
	"parameters": [],
	"masked_tokens": false,
}

# Unqualified, as most texts name them.
reads(table) := {"schema": null, "name": table, "access": "read"}

writes(table) := {"schema": null, "name": table, "access": "write"}

defines(table) := {"schema": null, "name": table, "access": "ddl"}

column(table, name) := {"schema": null, "table": table, "name": name, "use": "output"}

written(table, name) := {"schema": null, "table": table, "name": name, "use": "write"}

judge(command, principal) := answer if {
	answer := blastwall.decision with input as object.union(question("command", principal), {"command": command})
}

# The decision about one statement of alice.
judged(facts) := judge(sql([statement(facts)]), alice)

codes(answer) := {reason.code | some reason in answer.reasons}

forwarded(facts) if judged(facts).outcome == "forward"

refused(facts, code) if {
	judged(facts).outcome == "refuse"
	code in codes(judged(facts))
}

held(facts, code) if {
	judged(facts).outcome == "hold"
	code in codes(judged(facts))
}

# The decision about the result of one statement of alice.
described(facts, columns) := answer if {
	answer := blastwall.decision with input as object.union(question("result", alice), {
		"command": sql([statement(facts)]),
		"result": {"columns": [object.union(found, {"index": i, "name": "c", "type": "text"}) | some i, found in columns]},
	})
}

stored(table, name) := {
	"origins": [{"schema": "public", "table": table, "column": name}],
	"traced": true,
	"direct": true,
}

untraced := {"origins": [], "traced": false, "direct": false}
