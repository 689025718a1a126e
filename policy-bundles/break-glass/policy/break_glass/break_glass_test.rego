package break_glass_test

alice := {
	"subject": "alice",
	"issuer": "https://issuer.example",
	"kind": "person",
	"groups": ["on-call"],
	"claims": {},
	"actors": [],
}

under(grant) := {"session": {"grant": grant}}

given := {"id": "g", "expires": "2026-01-05T13:00:00Z", "reason": "INC-7 orders stuck"}

asked_of(principal, grant) := [outcome(asked_to(point, principal, object.union(under(grant), more))) |
	some point, more in {
		"connect": {},
		"command": {"command": sql({"tables": [table("orders", "read")]})},
		"result": {"command": sql({"tables": [table("orders", "read")]}), "result": {"columns": []}},
	}
]

judged(facts) := asked_to("command", alice, object.union(under(given), {"command": sql(facts)}))

test_who_is_on_call_and_has_a_grant_with_a_reason_enters_and_looks if {
	{answer | some answer in asked_of(alice, given)} == {["forward", {"emergency"}], ["forward", {"look"}], ["forward", {"result"}]}
}

test_nobody_else_enters if {
	every principal in [
		object.union(alice, {"groups": ["engineers"]}),
		object.union(alice, {"kind": "agent"}),
		object.union(alice, {"actors": [{"subject": "a", "issuer": "i", "kind": "person"}]}),
	] {
		{answer | some answer in asked_of(principal, given)} == {["refuse", {"not_on_call"}]}
	}
}

test_without_a_grant_that_lasts_nothing_goes if {
	every grant in [null, object.union(given, {"expires": "2026-01-05T12:00:00Z"})] {
		{answer | some answer in asked_of(alice, grant)} == {["refuse", {"no_grant"}]}
	}
}

test_a_grant_that_names_no_incident_is_none if {
	every reason in ["", "because", " "] {
		{answer | some answer in asked_of(alice, object.union(given, {"reason": reason}))} == {["refuse", {"no_reason"}]}
	}
}

test_more_than_a_look_waits_for_a_second_person if {
	every facts in [
		{"type": "update", "tables": [table("orders", "write")]},
		{"type": "delete", "has_where": false, "tables": [table("orders", "write")]},
		{"type": "drop", "tables": [table("orders", "ddl")]},
		{"type": "alter_table", "tables": [table("orders", "ddl")]},
		{"type": "do", "side_effects": ["do"]},
		{"functions": ["repair_orders"]},
		{"tables": [table("customers", "read")]},
	] {
		answer := judged(facts) with data.labels as {"customers": {"email": ["pii"]}}
		outcome(answer) == ["hold", {"second_person"}]
		answer.hold == {"approvers": ["group:incident-leads"], "quorum": 1, "timeout": "15m"}
	}
}

test_what_is_not_understood_waits_for_a_second_person if {
	command := object.union(sql({}), {"understanding": "none", "statements": []})
	answer := asked_to("command", alice, object.union(under(given), {"command": command}))
	outcome(answer) == ["hold", {"second_person"}]
}

test_the_second_person_reads_who_what_and_why if {
	answer := judged({"type": "update", "tables": [table("orders", "write")]})
	answer.reasons[0].message == "alice wants more than a look (changes orders), because of INC-7 orders stuck."
}

test_a_message_that_is_not_sql_is_refused if {
	command := {"kind": "unclassified", "protocol": "postgresql", "description": "FunctionCall", "digest": ""}
	answer := asked_to("command", alice, object.union(under(given), {"command": command}))
	outcome(answer) == ["refuse", {"not_sql"}]
}

test_everything_is_recorded_first if {
	every point in ["connect", "command", "result"] {
		answer := asked_to(point, alice, object.union(under(given), {"command": sql({}), "result": {"columns": []}}))
		answer.record == "required"
	}
}
