# regal finds line 2: below-policy
package policy.mistakes.deep

allow contains {
	"code": "never",
	"message": "Never asked.",
} if {
	input.point == "connect"
}
