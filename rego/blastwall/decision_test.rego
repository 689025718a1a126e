package blastwall_test

import data.blastwall

allowing := {"code": "a", "message": "Allowed."}

refusing := {"code": "r", "message": "Refused."}

holding := {"code": "h", "message": "Held.", "approvers": ["group:approvers"]}

asked(rules) := {"version": 1, "point": "command", "rules": rules}

test_nothing_matched_is_a_refusal_that_says_so if {
	answer := blastwall.decision with input as asked({})
	answer.outcome == "refuse"
	answer.reasons[0].code == "no_rule"
}

test_an_allowing_rule_forwards_with_its_reason if {
	answer := blastwall.decision with input as asked({"allow": [allowing]})
	answer == {
		"outcome": "forward",
		"reasons": [allowing],
		"masks": [],
		"limits": {},
		"record": "buffered",
		"log": {},
	}
}

test_refuse_wins_over_hold_and_allow if {
	answer := blastwall.decision with input as asked({"allow": [allowing], "hold": [holding], "refuse": [refusing]})
	answer.outcome == "refuse"
	answer.reasons == [refusing]
	not answer.hold
}

test_hold_wins_over_allow if {
	answer := blastwall.decision with input as asked({"allow": [allowing], "hold": [holding]})
	answer.outcome == "hold"
	answer.reasons == [{"code": "h", "message": "Held."}]
	answer.hold == {"approvers": ["group:approvers"], "quorum": 1, "timeout": "10m"}
}

test_a_hold_needs_no_allowing_rule if {
	answer := blastwall.decision with input as asked({"hold": [holding]})
	answer.outcome == "hold"
}

test_a_hold_is_recorded_before_it_is_released if {
	answer := blastwall.decision with input as asked({"hold": [holding]})
	answer.record == "required"
}

test_any_package_may_refuse if {
	question := object.union(asked({"allow": [allowing]}), {"other_rules": {"refuse": [refusing]}})
	answer := blastwall.decision with input as question
	answer.outcome == "refuse"
}

test_any_package_may_require_a_record if {
	answer := blastwall.decision with input as asked({"allow": [allowing], "record_required": true})
	answer.record == "required"
}

test_several_reasons_are_all_given if {
	other := {"code": "s", "message": "Refused too."}
	answer := blastwall.decision with input as asked({"refuse": [other, refusing]})
	answer.reasons == [refusing, other]
}

test_a_rule_without_a_message_still_refuses if {
	every rule in [{}, {"code": 1, "message": "x"}, "text", {"code": "c"}] {
		answer := blastwall.decision with input as asked({"refuse": [rule], "allow": [allowing]})
		answer.outcome == "refuse"
		answer.reasons[0].code == "malformed_rule"
	}
}

test_two_holds_ask_for_the_strictest_of_both if {
	question := object.union(
		asked({"hold": [object.union(holding, {"approvers": ["group:a", "group:b"], "quorum": 2, "timeout": "90s"})]}),
		{"other_rules": {"hold": [object.union(holding, {"approvers": ["group:b", "group:c"], "timeout": "2m"})]}},
	)
	answer := blastwall.decision with input as question
	answer.hold == {"approvers": ["group:b"], "quorum": 2, "timeout": "90s"}
}

test_a_hold_that_nobody_can_release_is_a_refusal if {
	every rule in [
		{"approvers": []},
		{"approvers": "group:a"},
		{"quorum": 0},
		{"quorum": "two"},
		{"timeout": "soon"},
	] {
		answer := blastwall.decision with input as asked({"hold": [object.union(holding, rule)]})
		answer.outcome == "refuse"
		answer.reasons[0].code == "unanswerable_hold"
	}
}

test_two_holds_without_a_common_approver_are_a_refusal if {
	question := object.union(
		asked({"hold": [holding]}),
		{"other_rules": {"hold": [object.union(holding, {"approvers": ["group:others"]})]}},
	)
	answer := blastwall.decision with input as question
	answer.outcome == "refuse"
	answer.reasons[0].code == "unanswerable_hold"
}

test_a_question_of_another_version_is_refused if {
	every question in [
		{"version": 2, "point": "command", "rules": {"allow": [allowing]}},
		{"version": 1, "point": "unheard", "rules": {"allow": [allowing]}},
		{"rules": {"allow": [allowing]}},
		{},
	] {
		answer := blastwall.decision with input as question
		answer.outcome == "refuse"
		answer.reasons[0].code == "unknown_question"
	}
}

test_what_must_not_be_logged_is_asked_at_its_own_point if {
	rules := {"log_mask": ["/input/command/text"], "log_drop": true}
	answer := blastwall.decision with input as object.union(asked(rules), {"point": "log"})
	answer.log == {"drop": true, "mask": ["/input/command/text"]}
}

test_what_must_not_be_logged_is_not_asked_before if {
	answer := blastwall.decision with input as asked({"log_mask": ["/input/command/text"], "log_drop": true})
	answer.log == {}
}

test_everything_is_logged_unless_a_rule_says_otherwise if {
	answer := blastwall.decision with input as object.union(asked({}), {"point": "log"})
	answer.log == {"drop": false, "mask": []}
}

limits(rules) := answer.limits if {
	answer := blastwall.decision with input as object.union(asked({"allow": [allowing]}), rules)
	answer.outcome == "forward"
}

test_the_tightest_of_each_limit_counts if {
	limits({"rules": {"limit": [{"rows": 1000}, {"rows": 200, "bytes": 4096}]}}) == {"rows": 200, "bytes": 4096}
	limits({
		"rules": {"limit": [{"rows": 100, "duration": "2m"}]},
		"other_rules": {"limit": [{"rows": 0, "duration": "90s"}]},
	}) == {"rows": 0, "duration": "90s"}
}

test_a_held_command_keeps_its_limits if {
	answer := blastwall.decision with input as asked({"hold": [holding], "limit": [{"duration": "1m30s"}]})
	answer.outcome == "hold"
	answer.limits == {"duration": "1m30s"}
}

test_a_malformed_limit_is_a_refusal if {
	every limit in [
		{},
		1000,
		"rows",
		{"row": 1000},
		{"rows": -1},
		{"rows": 1.5},
		{"rows": 2147483648},
		{"bytes": "4k"},
		{"duration": "0s"},
		{"duration": "soon"},
		{"duration": 10},
		{"rows": 10, "minutes": 5},
	] {
		answer := blastwall.decision with input as asked({"allow": [allowing], "limit": [limit]})
		answer.outcome == "refuse"
		answer.reasons[0].code == "malformed_limit"
	}
}

test_what_can_be_read_of_the_limits_of_a_refusal_stays_readable if {
	answer := blastwall.decision with input as asked({"allow": [allowing], "limit": [{"rows": 10, "minutes": 5}, {"bytes": "4k"}]})
	answer.limits == {"rows": 10}
}
