package blastwall.grant_test

import data.blastwall.grant

asked(given) := {
	"session": {"grant": given},
	"time": {"now_ns": time.parse_rfc3339_ns("2026-01-05T12:00:00Z")},
}

given := {"id": "g", "expires": "2026-01-05T13:00:00Z", "reason": " INC-7: queue stuck "}

test_a_grant_is_active_until_it_ends if {
	grant.active with input as asked(given)
	not grant.active with input as asked(object.union(given, {"expires": "2026-01-05T12:00:00Z"}))
	not grant.active with input as asked(object.union(given, {"expires": "2026-01-05T11:59:59Z"}))
}

test_without_a_readable_grant_none_is_active if {
	every unreadable in [null, {}, {"expires": "tomorrow"}, {"expires": 7}] {
		not grant.active with input as asked(unreadable)
	}
	not grant.active with input as {}
}

test_the_reason_is_what_was_said if grant.reason == "INC-7: queue stuck" with input as asked(given)

test_no_words_are_no_reason if {
	every empty in ["", "  ", null] {
		not grant.reason with input as asked(object.union(given, {"reason": empty}))
	}
	not grant.reason with input as asked(object.remove(given, ["reason"]))
}

test_a_grant_that_has_ended_has_no_reason if {
	not grant.reason with input as asked(object.union(given, {"expires": "2026-01-05T11:00:00Z"}))
}
