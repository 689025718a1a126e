package starter_test

import data.blastwall

admitted(principal) if {
	answer := blastwall.decision with input as question("connect", principal)
	answer.outcome == "forward"
}

test_engineers_and_approvers_connect if {
	admitted(alice)
	admitted(object.union(alice, {"groups": ["approvers"]}))
}

test_ci_jobs_connect if admitted(pipeline)

test_agents_connect_with_the_groups_of_the_person_they_act_for if {
	admitted(agent_for_alice)
	admitted(object.union(alice, {"kind": "agent"}))
	not admitted(object.union(agent_for_alice, {"groups": []}))
}

test_nobody_else_connects if {
	every principal in [
		object.union(alice, {"groups": []}),
		object.union(alice, {"groups": ["guests"]}),
		object.union(alice, {"kind": "service", "groups": []}),
	] {
		answer := blastwall.decision with input as question("connect", principal)
		answer.outcome == "refuse"
		codes(answer) == {"unknown_caller"}
	}
}
