package blastwall.who_test

import data.blastwall.who

alone := {"principal": {"subject": "alice", "kind": "person", "groups": ["engineers"], "actors": []}}

through_agent := {"principal": {
	"subject": "alice",
	"kind": "person",
	"groups": ["engineers"],
	"actors": [{"subject": "helper", "issuer": "i", "kind": "agent"}],
}}

test_groups_are_those_of_the_subject if {
	who.in_group("engineers") with input as alone
	not who.in_group("approvers") with input as alone
}

test_the_chain_includes_the_principal_and_the_actors if {
	who.chain_includes("person") with input as through_agent
	who.chain_includes("agent") with input as through_agent
	not who.chain_includes("agent") with input as alone
}

test_somebody_acts_for_the_subject_of_a_chain if {
	who.acts_for("alice") with input as through_agent
	not who.acts_for("alice") with input as alone
	not who.acts_for("bob") with input as through_agent
}
