# opa check finds line 11: undefined function data.blastwall.sql.bulk_read
package policy.mistakes

import data.blastwall.sql

refuse contains {
	"code": "bulk",
	"message": "Read less.",
} if {
	input.point == "command"
	sql.bulk_read("customers")
}
