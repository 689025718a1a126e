package policy.policy_name_test

import data.blastwall

engineer := {"subject": "alice", "kind": "person", "groups": ["engineers"], "claims": {}, "actors": []}

stranger := object.union(engineer, {"groups": []})

asked(principal) := {"version": 1, "point": "connect", "principal": principal}

test_engineers_connect if {
	blastwall.decision.outcome == "forward" with input as asked(engineer)
}

test_strangers_do_not if {
	blastwall.decision.outcome == "refuse" with input as asked(stranger)
}
