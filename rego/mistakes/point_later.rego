# regal finds line 4: point-first
package policy.mistakes

refuse contains {
	"code": "busy",
	"message": "Come back later.",
} if {
	input.session.commands > 100
	input.point == "command"
}
