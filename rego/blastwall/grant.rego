# METADATA
# title: Grant
# description: >-
#   What authors ask about the grant under which a session runs, input.session.grant. It is null in most sessions; ask for it here, not by comparing with null.
package blastwall.grant

# METADATA
# title: Active
# description: Whether the session runs under a grant that has not ended.
# custom:
#   examples: ['grant.active']
active if time.parse_rfc3339_ns(input.session.grant.expires) > input.time.now_ns

# METADATA
# title: Reason
# description: Why the grant was given, without spaces at its ends; undefined where nobody said it, or where the grant has ended.
# custom:
#   examples: ['startswith(grant.reason, "INC-")']
reason := words if {
	active
	words := trim_space(input.session.grant.reason)
	words != ""
}
