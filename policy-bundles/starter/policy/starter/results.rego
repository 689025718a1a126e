package policy.starter

import data.blastwall.labels
import data.blastwall.postgresql

# The command that made the result was judged before; what is left to say is what to mask.
allow contains {
	"code": "result",
	"message": "Results may be read; personal data in them is masked.",
} if {
	input.point == "result"
}

mask contains {"label": "email", "method": "partial", "keep_first": 1, "keep_from": "@"} if input.point == "result"

mask contains {"label": "national_id", "method": "redact"} if input.point == "result"

mask contains {"label": "card", "method": "partial", "keep_last": 4} if input.point == "result"

# A column whose labels have no rule above: a label is a promise, so it is not shown.
mask contains {"column": concat(".", [origin.table, origin.column]), "method": "redact"} if {
	input.point == "result"
	some column in input.result.columns
	some origin in column.origins
	found := labels.of(origin.schema, origin.table, origin.column)
	count(found) > 0
	count(found & {"email", "national_id", "card"}) == 0
}

mask contains {"detector": "card_number", "method": "partial", "keep_last": 4} if input.point == "result"

mask contains {"detector": detector, "method": "redact"} if {
	input.point == "result"
	some detector in ["us_ssn", "jwt", "cloud_key"]
}

mask contains {"untraced": true, "method": "redact"} if {
	input.point == "result"
	postgresql.untraced_may_be_labelled
}
