# METADATA
# description: What our own lint rules know of packages with rules of authors.
package custom.regal.rules.blastwall

# METADATA
# description: The points at which the gateway asks (contract version 1).
points := {"connect", "command", "result", "log"}

# METADATA
# description: The package's path, without data.
path := [term.value | some i, term in input["package"].path; i > 0]

# METADATA
# description: Rules of authors that the library folds into the decision.
folded contains rule if {
	path[0] == "policy"
	some rule in input.rules
	not rule["default"]
	rule.head.ref[0].value in {
		"refuse", "hold", "allow", "mask", "limit", "record_required", "log_mask", "log_drop",
	}
}

# METADATA
# description: Whether a term is input.point.
is_point(term) if {
	term.type == "ref"
	[part.value | some part in term.value] == ["input", "point"]
}
