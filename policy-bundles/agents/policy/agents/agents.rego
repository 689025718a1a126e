# METADATA
# title: Agents
# description: >-
#   Agents that act for people, also through other agents. What a chain may do is what each of its links may do. README.md says it in a table.
package policy.agents

import data.blastwall.grant
import data.blastwall.postgresql
import data.blastwall.sql
import data.blastwall.who

allow contains {
	"code": "known_chain",
	"message": "Everyone in the chain has rights here.",
} if {
	input.point == "connect"
}

allow contains {
	"code": "within_rights",
	"message": "Everyone in the chain may do this.",
} if {
	input.point == "command"
	sql.understood
}

allow contains {
	"code": "result",
	"message": "Results of what was allowed may be read.",
} if {
	input.point == "result"
}

refuse contains {
	"code": "unknown_link",
	"message": concat("", [link.subject, " has no rights here. Ask the owners of the policy to list it under its issuer ", link.issuer, ", or its group."]),
} if {
	input.point in {"connect", "command"}
	some link in links
	count(link.rights.read) + count(link.rights.write) == 0
}

refuse contains {
	"code": "not_a_right",
	"message": concat("", [link.subject, " may not ", use, " ", table.name, ", so nobody may through it. Leave the table out, or ask the owners of the policy for that right."]),
} if {
	input.point == "command"
	some statement in sql.statements
	some table in statement.tables
	use := {"read": "read", "write": "write", "ddl": "write"}[table.access]
	some link in links
	not sql.covers(link.rights[use], table)
}

# It may read or change tables that no right speaks of.
refuse contains {
	"code": "unknown_function",
	"message": concat("", ["Nobody can see which tables the function ", function, " uses. Send the statements themselves, or ask the owners of the policy to list it as known."]),
} if {
	input.point == "command"
	some function in postgresql.unknown_functions
}

refuse contains objection if {
	input.point == "command"
	some objection in postgresql.objections
}

hold contains {
	"code": "agent_writes",
	"message": "An agent wants to change data. Approve it, or give the person for whom it acts a grant.",
	"approvers": ["group:approvers"],
} if {
	input.point == "command"
	count(sql.written) > 0
	who.chain_includes("agent")
	not person_has_grant
}

record_required if {
	input.point == "command"
	count(sql.written) > 0
}

# Who acts, the nearest first, and last the one on whose behalf.
links := array.concat(
	[linked(actor, listed(actor)) | some actor in input.principal.actors],
	[linked(input.principal, subject_rights)],
)

linked(one, rights) := {"subject": one.subject, "issuer": one.issuer, "rights": rights}

default listed(_) := {"read": [], "write": []}

listed(agent) := data.agents[agent.issuer][agent.subject]

# An agent on its own has its own rights; everyone else has those of the groups that the issuer vouches for.
subject_rights := listed(input.principal) if {
	count(input.principal.actors) == 0
	input.principal.kind == "agent"
} else := {
	"read": [name | some group in input.principal.groups; some name in data.groups[group].read],
	"write": [name | some group in input.principal.groups; some name in data.groups[group].write],
}

person_has_grant if {
	grant.active
	person_in_chain
}

person_in_chain if {
	some actor in input.principal.actors
	actor.kind == "person"
}

# With actors the token does not say of which kind the subject is, but whose groups it has.
person_in_chain if {
	some group in input.principal.groups
	group in data.people
}
