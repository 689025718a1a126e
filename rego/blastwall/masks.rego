# METADATA
# title: Masks
# description: >-
#   Resolves the masks that authors write (by label, by column, by detector, for untraced columns) to those that the gateway applies, one per column of the result by its index, and the detectors.
package blastwall.masks

# METADATA
# scope: document
# title: Resolved masks
# description: The masks of a result set; none at any other point.
default resolved := []

resolved := array.concat(by_column, by_detector) if {
	input.point == "result"
	count(wanted) > 0
}

wanted contains mask if some mask in data.policy[_].mask

by_detector := [object.union(how(mask), {"detector": mask.detector}) | some mask in wanted; mask.detector]

by_column := array.concat(by_index, by_path)

by_index := [object.union(strongest(methods), {"column": column.index}) |
	some column in input.result.columns
	methods := {whole(method, column) |
		some method in ((by_label(column) | by_name(column)) | by_trace(column))
		not within(method, column)
	}
	count(methods) > 0
]

# What hides the whole hides its parts, too: the gateway knows.
by_path := [object.union(method, {"column": column.index}) |
	some column in input.result.columns
	some method in (by_label(column) | by_name(column))
	within(method, column)
]

# A path leads somewhere in the stored document only. What is computed from it may be any part of it.
within(method, column) if {
	method.path
	column.direct == true
}

# The ends of a stored value are harmless; the ends of something computed from it may be all that was to be hidden.
whole(method, column) := {"method": "redact"} if {
	computed_partly(method)
	not column.direct == true
} else := method

computed_partly(method) if method.method == "partial"

computed_partly(method) if method.path

by_label(column) := {how(mask) |
	some origin in column.origins
	some label in data.blastwall.labels.of(origin.schema, origin.table, origin.column)
	some mask in label_masks
	mask.label == label
}

by_name(column) := {how(mask) |
	some mask in column_masks
	some origin in column.origins
	names(mask.column, origin)
}

by_trace(column) := {how(mask) |
	not column.traced
	some mask in untraced_masks
}

label_masks := [mask | some mask in wanted; mask.label]

column_masks := [mask | some mask in wanted; mask.column]

untraced_masks := [mask | some mask in wanted; mask.untraced == true]

# METADATA
# scope: document
# title: Malformed masks
# description: Masks that can never select anything; ignoring them would show what they were to hide.
malformed contains mask if {
	input.point == "result"
	some mask in wanted
	not selects(mask)
}

malformed contains mask if {
	input.point == "result"
	some mask in wanted
	mask.path
	not leads_somewhere(mask)
}

# Without a column of its own there is no document for the path to lead into.
leads_somewhere(mask) if {
	is_string(mask.path)
	regex.match(`^\$((\.\.?[\pL_][\pL\pN_-]*)|(\.\.?\*)|(\['[^']*'\])|(\["[^"]*"\])|(\[\*\]))+$`, mask.path)
	not mask.detector
	not mask.untraced
}

selects(mask) if is_string(mask.label)

selects(mask) if is_string(mask.detector)

selects(mask) if mask.untraced == true

selects(mask) if count(split(mask.column, ".")) in {2, 3}

# A selector names "table.column" or "schema.table.column". A whole row holds every column of its table.
names(selector, origin) if {
	parts := split(selector, ".")
	parts[count(parts) - 2] == origin.table
	origin.column in {parts[count(parts) - 1], "*"}
	schema_fits(parts, origin)
}

schema_fits(parts, _) if count(parts) == 2

schema_fits(parts, origin) if {
	count(parts) == 3
	origin.schema in {parts[0], null}
}

# What to do, without the selector that led there.
how(mask) := object.remove(mask, {"label", "column", "detector", "untraced"}) if {
	strength[mask.method]
} else := {"method": "null"} # a method that nobody knows must not let the value through

strength := {"partial": 1, "hash": 2, "tokenize": 3, "redact": 4, "null": 5}

strongest(methods) := method if {
	top := max({strength[method.method] | some method in methods})
	ties := [method | some method in methods; strength[method.method] == top]
	count(ties) == 1
	method := ties[0]
} # two of one strength may together show what each of them hides

else := {"method": "redact"}
