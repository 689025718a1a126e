# METADATA
# description: Say the point first, as in input.point == "command". It is what most evaluations end at.
package custom.regal.rules.blastwall["point-first"]

import data.custom.regal.rules.blastwall
import data.regal.result

report contains violation if {
	some rule in blastwall.folded
	not says_point(rule)
	violation := result.fail(rego.metadata.chain(), result.location(rule.head))
}

says_point(rule) if {
	some term in rule.body[0].terms
	blastwall.is_point(term)
}
