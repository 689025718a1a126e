# METADATA
# title: Fixture
# description: A policy whose rules a test writes into its input.
# scope: package
# schemas:
#   - input: {type: object}
package policy.fixture

refuse contains rule if some rule in input.rules.refuse

hold contains rule if some rule in input.rules.hold

allow contains rule if some rule in input.rules.allow

mask contains rule if some rule in input.rules.mask

limit contains rule if some rule in input.rules.limit

record_required if input.rules.record_required

log_mask contains pointer if some pointer in input.rules.log_mask

log_drop if input.rules.log_drop
