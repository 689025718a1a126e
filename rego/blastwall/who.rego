# METADATA
# title: Who
# description: What authors ask about the principal and those who act for it.
package blastwall.who

# METADATA
# title: In a group
# description: Whether the issuer vouches that the subject belongs to the group.
# custom:
#   examples: ['who.in_group("engineers")']
in_group(group) if group in input.principal.groups

# METADATA
# scope: document
# title: Chain includes
# description: Whether the principal, or anyone who acts for it, is of the kind ("person", "service", "ci", "agent").
# custom:
#   examples: ['who.chain_includes("agent")']
chain_includes(kind) if input.principal.kind == kind

chain_includes(kind) if {
	some actor in input.principal.actors
	actor.kind == kind
}

# METADATA
# title: Acts for
# description: Whether somebody acts for the subject, so that the command is not the subject's own.
# custom:
#   examples: ['who.acts_for("alice")']
acts_for(subject) if {
	input.principal.subject == subject
	count(input.principal.actors) > 0
}

# METADATA
# title: Chain
# description: >-
#   Everyone in whose name the command runs, as {"subject", "issuer", "kind"}: the actors, the nearest first, and last the subject. With actors the kind of the subject is "unknown": then input.principal.kind is that of the nearest actor, because it is the one at the wire.
# custom:
#   examples: ['some link in who.chain']
chain := array.concat(input.principal.actors, [{
	"subject": input.principal.subject,
	"issuer": input.principal.issuer,
	"kind": subject_kind,
}])

default subject_kind := "unknown"

subject_kind := input.principal.kind if count(input.principal.actors) == 0
