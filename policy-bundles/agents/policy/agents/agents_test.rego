package agents_test

alice := {
	"subject": "alice",
	"issuer": "https://issuer.example",
	"kind": "person",
	"groups": ["engineers"],
	"claims": {},
	"actors": [],
}

link(name) := {"subject": name, "issuer": "https://issuer.example", "kind": "agent"}

# Alice through agents, the nearest first.
through(names) := object.union(alice, {"kind": "agent", "actors": [link(name) | some name in names]})

robot := object.union(alice, {"subject": "coder", "kind": "agent", "groups": []})

judged(facts, principal) := outcome(asked_to("command", principal, {"command": sql(facts)}))

forwarded := ["forward", {"within_rights"}]

reading(name) := {"tables": [table(name, "read")]}

inserting(name) := {"type": "insert", "tables": [table(name, "write")]}

granted := {"session": {"grant": {"id": "g", "expires": "2026-01-05T13:00:00Z", "reason": "INC-7"}}}

test_a_chain_connects_when_each_link_has_rights if {
	every principal in [alice, through(["planner"]), through(["coder", "planner"]), robot] {
		outcome(asked_to("connect", principal, {})) == ["forward", {"known_chain"}]
	}
}

test_a_link_without_rights_ends_the_chain if {
	every principal in [
		through(["stranger"]),
		through(["coder", "stranger"]),
		object.union(through(["coder"]), {"groups": ["guests"]}),
		object.union(alice, {"groups": []}),
		object.union(robot, {"issuer": "https://other.example"}),
	] {
		outcome(asked_to("connect", principal, {})) == ["refuse", {"unknown_link"}]
	}
}

test_a_chain_reads_what_each_link_may_read if {
	judged(reading("orders"), through(["coder", "planner"])) == forwarded
	judged(reading("customers"), through(["planner"])) == forwarded
	judged(reading("stock"), alice) == forwarded
}

test_one_link_that_may_not_is_enough if {
	judged(reading("customers"), through(["coder", "planner"])) == ["refuse", {"not_a_right"}]
	judged(reading("customers"), through(["planner", "coder"])) == ["refuse", {"not_a_right"}]
	judged(reading("stock"), through(["planner"])) == ["refuse", {"not_a_right"}]
	judged(inserting("customers"), through(["coder"])) == ["refuse", {"not_a_right"}]
}

test_the_person_bounds_its_agents if {
	support := object.union(through(["planner"]), {"groups": ["support"]})
	judged(reading("customers"), support) == forwarded
	judged(inserting("orders"), support) == ["refuse", {"not_a_right"}]
}

test_definitions_need_the_right_to_write if {
	defining := {"type": "create_table", "tables": [table("stock", "ddl")]}
	judged(defining, alice) == forwarded
	judged(defining, through(["planner"])) == ["refuse", {"not_a_right"}]
}

test_writes_of_agents_are_held if {
	every principal in [through(["coder"]), through(["coder", "planner"]), robot] {
		judged(inserting("orders"), principal) == ["hold", {"agent_writes"}]
	}
	judged(inserting("orders"), alice) == forwarded
}

test_a_grant_of_the_person_in_the_chain_releases_writes if {
	command := {"command": sql(inserting("orders"))}
	outcome(asked_to("command", through(["coder"]), object.union(command, granted))) == forwarded
	ended := object.union(granted, {"session": {"grant": {"expires": "2026-01-05T11:00:00Z"}}})
	outcome(asked_to("command", through(["coder"]), object.union(command, ended))) == ["hold", {"agent_writes"}]
}

test_a_grant_without_a_person_releases_nothing if {
	command := {"command": sql(inserting("orders"))}
	outcome(asked_to("command", robot, object.union(command, granted))) == ["hold", {"agent_writes"}]
}

test_a_person_may_stand_between_agents if {
	job := object.union(through(["coder"]), {"groups": ["robots"], "actors": [
		link("coder"),
		object.union(link("planner"), {"kind": "person"}),
	]})
	command := object.union({"command": sql(inserting("orders"))}, granted)
	answer := asked_to("command", job, command) with data.groups as {"robots": {"read": [], "write": ["orders"]}}
	outcome(answer) == forwarded
}

test_what_hides_its_tables_is_refused if {
	judged({"functions": ["do_everything"]}, through(["planner"])) == ["refuse", {"unknown_function"}]
	judged({"type": "call", "side_effects": ["call"]}, through(["planner"])) == ["refuse", {"runs_server_code", "side_effect"}]
}

test_writes_are_recorded_first if {
	answer := asked_to("command", alice, {"command": sql(inserting("orders"))})
	answer.record == "required"
}

test_results_may_be_read if {
	asked := {"command": sql(reading("orders")), "result": {"columns": []}}
	outcome(asked_to("result", through(["planner"]), asked)) == ["forward", {"result"}]
}
