# METADATA
# title: The starter policy
# description: What a team may start with on a PostgreSQL database. README.md says it in a table.
package policy.starter

import data.blastwall.who

allow contains {
	"code": "known_caller",
	"message": "The caller belongs to a group that may connect.",
} if {
	input.point == "connect"
	may_connect
}

refuse contains {
	"code": "unknown_caller",
	"message": "Only engineers, approvers, CI jobs and agents that act for them may connect. Ask for membership of the group engineers.",
} if {
	input.point == "connect"
	not may_connect
}

# The subject's groups count, so an agent has what the person has for whom it acts.
may_connect if {
	some group in {"engineers", "approvers"}
	who.in_group(group)
}

may_connect if input.principal.kind == "ci"
