package policy.pii

import data.blastwall.labels
import data.blastwall.postgresql

# The command that made the result was judged before; what is left to say is what to mask.
allow contains {
	"code": "result",
	"message": "Results may be read; personal data in them is masked.",
} if {
	input.point == "result"
}

mask contains object.union(method, {"label": label}) if {
	input.point == "result"
	some label, method in data.pii.methods
}

# A label without a method of its own is a promise, too.
mask contains {"column": concat(".", [origin.table, origin.column]), "method": "redact"} if {
	input.point == "result"
	some column in input.result.columns
	some origin in column.origins
	found := labels.of(origin.schema, origin.table, origin.column)
	count(found) > 0
	count(found & object.keys(data.pii.methods)) == 0
}

mask contains {"untraced": true, "method": "redact"} if {
	input.point == "result"
	postgresql.untraced_may_be_labelled
}

mask contains {"detector": detector, "method": "redact"} if {
	input.point == "result"
	some detector in ["card_number", "us_ssn", "jwt", "cloud_key"]
}
