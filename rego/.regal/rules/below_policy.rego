# METADATA
# description: Rules of a package that does not stand directly below data.policy are never asked.
package custom.regal.rules.blastwall["below-policy"]

import data.custom.regal.rules.blastwall
import data.regal.result

report contains violation if {
	blastwall.path[0] == "policy"
	count(blastwall.path) > 2
	violation := result.fail(rego.metadata.chain(), result.location(input["package"].path[1]))
}
