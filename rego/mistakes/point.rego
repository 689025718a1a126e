# regal finds line 8: known-point
package policy.mistakes

refuse contains {
	"code": "never",
	"message": "Never asked, and so never refused.",
} if {
	input.point == "comand"
	input.session.commands > 100
}
