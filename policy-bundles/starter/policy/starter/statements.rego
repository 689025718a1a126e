package policy.starter

import data.blastwall.postgresql
import data.blastwall.sql
import data.blastwall.who

allow contains {
	"code": "ordinary_statement",
	"message": "Statements of these types may be run.",
} if {
	input.point == "command"
	sql.understood
	count(postgresql.types_not_offered) == 0
}

refuse contains objection if {
	input.point == "command"
	some objection in postgresql.objections
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
