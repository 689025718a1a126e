# opa check finds line 9: match error
package policy.mistakes

refuse contains {
	"code": "busy",
	"message": "Come back later.",
} if {
	input.point == "command"
	input.session.commands == "100"
}
