# The questions of the tests, as the gateway asks them.
package break_glass_test

import data.blastwall

question(point, principal) := {
	"version": 1,
	"point": point,
	"principal": principal,
	"connection": {"name": "shop", "protocol": "postgresql", "database": "shop", "labels": {}},
	"client": {"address": "127.0.0.1", "application": "psql", "tls": true},
	"session": {"id": "s", "parent": null, "commands": 1, "grant": null},
	"time": {"now_ns": time.parse_rfc3339_ns("2026-01-05T12:00:00Z")},
}

# A batch of one statement.
sql(facts) := {
	"kind": "sql",
	"dialect": "postgresql",
	"text": "",
	"digest": "",
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
	"parameters": [],
	"masked_tokens": false,
}

table(name, access) := {"schema": null, "name": name, "access": access}

asked_to(point, principal, more) := answer if {
	answer := blastwall.decision with input as object.union(question(point, principal), more)
}

outcome(answer) := [answer.outcome, {reason.code | some reason in answer.reasons}]
