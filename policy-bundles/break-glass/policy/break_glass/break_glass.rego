# METADATA
# title: Break glass
# description: >-
#   Access for emergencies: with a reason, until the grant ends, everything recorded first, and what is more than a look released by a second person. README.md says it in a table.
package policy.break_glass

import data.blastwall.grant
import data.blastwall.postgresql
import data.blastwall.sql
import data.blastwall.who

allow contains {
	"code": "emergency",
	"message": "The caller is on call and has a grant with a reason.",
} if {
	input.point == "connect"
	may_enter
}

allow contains {
	"code": "look",
	"message": "Looking at unlabelled tables needs no second person.",
} if {
	input.point == "command"
	may_enter
	input.command.kind == "sql"
}

allow contains {
	"code": "result",
	"message": "Results of what was allowed or released may be read.",
} if {
	input.point == "result"
	may_enter
}

refuse contains {
	"code": "not_on_call",
	"message": "Only people on call may use this connection. Call whoever is on call, or use the ordinary connection.",
} if {
	input.point in {"connect", "command", "result"}
	not on_call
}

refuse contains {
	"code": "no_grant",
	"message": "This connection needs a grant, and there is none or it has ended. Ask for one, with the incident as its reason.",
} if {
	input.point in {"connect", "command", "result"}
	not grant.active
}

refuse contains {
	"code": "no_reason",
	"message": concat("", ["The reason of the grant names no incident (", data.break_glass.reason, "). Ask for a grant that does."]),
} if {
	input.point in {"connect", "command", "result"}
	grant.active
	not reason_given
}

refuse contains {
	"code": "not_sql",
	"message": "The gateway does not know what this message asks for, so nobody could release it. Send the command as an SQL statement.",
} if {
	input.point == "command"
	input.command.kind != "sql"
}

hold contains {
	"code": "second_person",
	"message": concat("", [input.principal.subject, " wants more than a look (", concat(", ", more_than_a_look), "), because of ", grant.reason, "."]),
	"approvers": data.break_glass.approvers,
	"quorum": data.break_glass.quorum,
	"timeout": data.break_glass.timeout,
} if {
	input.point == "command"
	may_enter
	input.command.kind == "sql"
	count(more_than_a_look) > 0
}

record_required if input.point in {"connect", "command", "result"}

may_enter if {
	on_call
	reason_given
}

# An agent does not break glass.
on_call if {
	input.principal.kind == "person"
	count(input.principal.actors) == 0
	some group in data.break_glass.groups
	who.in_group(group)
}

reason_given if regex.match(data.break_glass.reason, grant.reason)

# In the words of the one who is asked to release it.
more_than_a_look contains concat(" ", ["changes", table.name]) if some table in sql.written

more_than_a_look contains concat(" ", ["reads labelled columns of", table]) if some table in sql.labelled_tables

more_than_a_look contains concat(" ", ["calls the unknown function", function]) if {
	some function in postgresql.unknown_functions
}

more_than_a_look contains objection.code if some objection in postgresql.objections
