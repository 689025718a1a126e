# opa check finds line 12: undefined ref: statement.tabels
package policy.mistakes

import data.blastwall.sql

refuse contains {
	"code": "customers",
	"message": "Leave the customers alone.",
} if {
	input.point == "command"
	some statement in sql.statements
	some table in statement.tabels
	table.name == "customers"
}
