# Role-based access control: who is bound to which roles, and what a role may do, are data.
package rbac

default allow := false

allow if {
	some role in roles
	some permission in data.rbac.permissions[role]
	permission.action == input.action
	permission.type == input.type
}

roles contains role if {
	some binding in data.rbac.bindings
	binding.user == input.user
	some role in binding.roles
}
