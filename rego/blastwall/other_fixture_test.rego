# METADATA
# title: Other fixture
# description: A second team's policy beside the first.
# scope: package
# schemas:
#   - input: {type: object}
package policy.other_fixture

refuse contains rule if some rule in input.other_rules.refuse

hold contains rule if some rule in input.other_rules.hold

mask contains rule if some rule in input.other_rules.mask

limit contains rule if some rule in input.other_rules.limit
