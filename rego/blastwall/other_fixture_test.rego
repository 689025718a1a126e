# A second team's policy beside the first.
package policy.other_fixture

refuse contains rule if some rule in input.other_rules.refuse

hold contains rule if some rule in input.other_rules.hold

mask contains rule if some rule in input.other_rules.mask
