package blastwall.who_test

import data.blastwall.who

alone := {"principal": {"subject": "alice", "issuer": "i", "kind": "person", "groups": ["engineers"], "actors": []}}

# As the gateway tells it: the kind is that of the one at the wire.
through_agent := {"principal": {
	"subject": "alice",
	"issuer": "i",
	"kind": "agent",
	"groups": ["engineers"],
	"actors": [{"subject": "helper", "issuer": "i", "kind": "agent"}],
}}

test_groups_are_those_of_the_subject if {
	who.in_group("engineers") with input as alone
	not who.in_group("approvers") with input as alone
}

test_the_chain_includes_the_principal_and_the_actors if {
	who.chain_includes("person") with input as alone
	who.chain_includes("agent") with input as through_agent
	not who.chain_includes("agent") with input as alone
}

test_somebody_acts_for_the_subject_of_a_chain if {
	who.acts_for("alice") with input as through_agent
	not who.acts_for("alice") with input as alone
	not who.acts_for("bob") with input as through_agent
}

test_the_chain_of_one_is_the_subject if {
	who.chain == [{"subject": "alice", "issuer": "i", "kind": "person"}] with input as alone
}

test_the_chain_begins_at_the_wire_and_ends_with_the_subject_whose_kind_nobody_told if {
	who.chain == [
		{"subject": "helper", "issuer": "i", "kind": "agent"},
		{"subject": "alice", "issuer": "i", "kind": "unknown"},
	] with input as through_agent
}
