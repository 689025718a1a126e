package policy.policy_name

import data.blastwall.sql
import data.blastwall.who

allow contains {"code": "engineer", "message": "Engineers may connect."} if {
	input.point == "connect"
	who.in_group("engineers")
}

allow contains {"code": "engineer", "message": "Engineers may run this."} if {
	input.point in {"command", "result"}
	who.in_group("engineers")
}

refuse contains {
	"code": "not_understood",
	"message": "The statement could not be read completely. Write it more simply, or one statement at a time.",
} if {
	input.point == "command"
	not sql.understood
}

refuse contains {
	"code": "type_not_allowed",
	"message": sprintf("Statements of type %s are not allowed here. Ask the owners of the policy if you need them.", [type]),
} if {
	input.point == "command"
	some type in sql.types
	not type in {"select", "insert", "update", "delete", "transaction", "set", "show"}
}

hold contains {
	"code": "unbounded_write",
	"message": "This changes every row of a table. Add a WHERE, or wait for an approver.",
	"approvers": ["group:approvers"],
} if {
	input.point == "command"
	sql.unbounded_write
}

mask contains {"label": "email", "method": "partial", "keep_first": 1, "keep_from": "@"} if input.point == "result"

mask contains {"label": "pii", "method": "redact"} if input.point == "result"

mask contains {"untraced": true, "method": "redact"} if input.point == "result"
