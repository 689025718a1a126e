# METADATA
# title: Blastwall's decision
# description: >-
#   Folds the rules that authors write in packages directly below data.policy into the one decision that the gateway asks for. Refuse wins over hold, hold over forward, and what no rule speaks about is refused.
# scope: subpackages
# schemas:
#   - input: schema.input
#   - data.labels: schema.labels
#   - data.business_hours: schema.business_hours
package blastwall

# METADATA
# title: Decision
# description: The answer to one question of the gateway (contract version 1).
# entrypoint: true
decision := answer("refuse", refusals) if {
	count(refusals) > 0
} else := object.union(answer("hold", holds), {"hold": {
	"approvers": [approver | some approver in approvers],
	"quorum": quorum,
	"timeout": timeout,
}}) if {
	count(holds) > 0
} else := object.union(answer("forward", allowances), {"masks": data.blastwall.masks.resolved}) if {
	count(allowances) > 0
} else := answer("refuse", {{
	"code": "no_rule",
	"message": "No rule of the policy allows this. Ask the owners of the policy for a rule that does.",
}})

answer(outcome, rules) := {
	"outcome": outcome,
	"reasons": [reason(rule) | some rule in rules],
	"masks": [],
	"limits": limits,
	"record": record,
	"log": log,
}

# Asked for apart from the decision, so that what decides does not wait for it.
log := {} if {
	input.point != "log"
} else := {"drop": log_drop, "mask": [pointer | some pointer in log_masks]}

log_masks contains pointer if some pointer in data.policy[_].log_mask

default log_drop := false

log_drop if data.policy[_].log_drop == true

reason(rule) := {"code": rule.code, "message": rule.message} if {
	is_string(rule.code)
	is_string(rule.message)
} else := {
	"code": "malformed_rule",
	"message": "A rule of the policy matched whose code or message is no text. Ask the owners of the policy to repair it.",
}

refusals contains rule if some rule in data.policy[_].refuse

refusals contains {
	"code": "unknown_question",
	"message": "The policy bundle was written for version 1 of the contract and does not know this question. Use a bundle of the gateway's version.",
} if {
	not known_question
}

# Terms that contradict each other cannot be kept by anybody; guessing which one counts would be worse.
refusals contains {
	"code": "unanswerable_hold",
	"message": "Rules hold this, and no approver may release it under all of them. Ask the owners of the policy to name a common approver.",
} if {
	count(holds) > 0
	not answerable
}

refusals contains {
	"code": "malformed_mask",
	"message": "A mask of the policy names neither a label, a column of a table, a detector nor untraced columns. Ask the owners of the policy to repair it.",
} if {
	count(data.blastwall.masks.malformed) > 0
}

# A limit that could not be read must not count for none.
refusals contains {
	"code": "malformed_limit",
	"message": "A limit of the policy is not made of rows, bytes (whole numbers) and duration (such as \"90s\"). Ask the owners of the policy to repair it.",
} if {
	some limit in asked_limits
	not well_formed(limit)
}

known_question if {
	input.version == 1
	input.point in {"connect", "command", "result", "log"}
}

answerable if {
	count(approvers) > 0
	quorum >= 1
	is_number(quorum)
	timeout
}

holds contains rule if some rule in data.policy[_].hold

allowances contains rule if some rule in data.policy[_].allow

# Whoever releases a hold must be acceptable to every rule that holds it.
approvers := intersection({named | some rule in holds; named := {approver | some approver in rule.approvers}})

quorum := max({asked | some rule in holds; asked := object.get(rule, "quorum", 1)})

# The shortest, in the words of the rule that asked for it.
timeout := min({[nanoseconds, asked] |
	some rule in holds
	asked := object.get(rule, "timeout", "10m")
	nanoseconds := time.parse_duration_ns(asked)
})[1]

asked_limits contains limit if some limit in data.policy[_].limit

# The tightest of each, from whatever rule.
limits := {} if {
	count(asked_limits) == 0
} else := object.union(counted, timed)

counted[name] := min(asked) if {
	some name in {"rows", "bytes"}
	asked := {limit[name] | some limit in asked_limits; whole(limit[name])}
	count(asked) > 0
}

default timed := {}

# In the words of the rule that asked for it.
timed := {"duration": min(durations)[1]} if count(durations) > 0

durations contains [nanoseconds, limit.duration] if {
	some limit in asked_limits
	nanoseconds := positive(limit.duration)
}

well_formed(limit) if {
	count(limit) > 0
	every name, value in limit {
		names_a_limit(name, value)
	}
}

names_a_limit(name, value) if {
	name in {"rows", "bytes"}
	whole(value)
}

names_a_limit("duration", value) if positive(value)

# The gateway counts in 31 bits.
whole(number) if {
	is_number(number)
	number >= 0
	number <= 2147483647
	floor(number) == number
}

positive(duration) := nanoseconds if {
	nanoseconds := time.parse_duration_ns(duration)
	nanoseconds > 0
}

default record := "buffered"

record := "required" if data.policy[_].record_required == true

# An approval without a record of what was approved proves nothing.
record := "required" if count(holds) > 0
