# METADATA
# description: The gateway asks at the points connect, command, result and log only.
package custom.regal.rules.blastwall["known-point"]

import data.custom.regal.rules.blastwall
import data.regal.result

report contains violation if {
	blastwall.path[0] == "policy"
	some rule in input.rules
	some expression in rule.body
	some subject in expression.terms
	blastwall.is_point(subject)
	some term in expression.terms
	some named in words(term)
	not named.value in blastwall.points
	violation := result.fail(rego.metadata.chain(), result.location(named))
}

words(term) := [term] if {
	term.type == "string"
} else := term.value if {
	term.type in {"set", "array"}
} else := []
