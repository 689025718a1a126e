# opa check finds line 9: undefined ref: input.command.tabels
package policy.mistakes

refuse contains {
	"code": "customers",
	"message": "Leave the customers alone.",
} if {
	input.point == "command"
	some table in input.command.tabels
	table.name == "customers"
}
