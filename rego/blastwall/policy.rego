# METADATA
# title: Policies
# description: >-
#   Authors write in packages directly below this one. What is said here of input and data holds in all of them, so that opa check --schema finds a field that does not exist.
# scope: subpackages
# schemas:
#   - input: schema.input
#   - data.labels: schema.labels
#   - data.business_hours: schema.business_hours
package policy
