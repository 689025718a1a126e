# METADATA
# title: CI pipelines
# description: >-
#   Jobs of GitHub Actions, GitLab CI and Azure Pipelines, by what their tokens prove. README.md says it in a table.
package policy.ci_pipelines

import data.blastwall.ci
import data.blastwall.postgresql
import data.blastwall.sql

allow contains {
	"code": "known_pipeline",
	"message": "The job belongs to a pipeline that may connect.",
} if {
	input.point == "connect"
	count(pipelines) > 0
}

allow contains {
	"code": "within_rights",
	"message": "The job's pipeline may do this.",
} if {
	input.point == "command"
	sql.understood
}

allow contains {
	"code": "result",
	"message": "Results of what was allowed may be read.",
} if {
	input.point == "result"
	count(pipelines) > 0
}

refuse contains {
	"code": "no_ci_job",
	"message": "Only jobs of GitHub Actions, GitLab CI and Azure Pipelines may connect here. Use the connection for people.",
} if {
	input.point in {"connect", "command", "result"}
	not ci.run
}

refuse contains {
	"code": "fork",
	"message": "This job may run code of a fork or of an unmerged request, so it reads nothing. Run it after the merge, or against test data.",
} if {
	input.point in {"connect", "command", "result"}
	ci.run.fork
}

refuse contains {
	"code": "unknown_pipeline",
	"message": concat("", [
		"No pipeline of the policy is that of this job: repository id ", shown(ci.run.repository_id), ", ref ", shown(ci.run.ref),
		", environment ", shown(ci.run.environment), ". Ask the owners of the policy to list it.",
	]),
} if {
	input.point in {"connect", "command", "result"}
	count(pipelines) == 0
}

refuse contains {
	"code": "not_a_right",
	"message": concat("", ["The pipeline may not ", use, " ", table.name, ". Leave the table out, or ask the owners of the policy for that right."]),
} if {
	input.point == "command"
	some statement in sql.statements
	some table in statement.tables
	use := {"read": "read", "write": "write", "ddl": "write"}[table.access]
	not covered(use, table)
}

# It may read or change tables that no right speaks of.
refuse contains {
	"code": "unknown_function",
	"message": concat("", ["Nobody can see which tables the function ", function, " uses. Send the statements themselves, or ask the owners of the policy to list it as known."]),
} if {
	input.point == "command"
	some function in postgresql.unknown_functions
}

refuse contains objection if {
	input.point == "command"
	some objection in postgresql.objections
}

record_required if {
	input.point == "command"
	count(sql.written) > 0
}

# The pipelines of the policy that the job is one of.
pipelines contains pipeline if {
	not ci.run.fork
	some pipeline in data.pipelines
	pipeline.issuer == input.principal.issuer
	pipeline.repository_id == ci.run.repository_id
	some ref in pipeline.refs
	glob.match(ref, ["/"], ci.run.ref)
	in_environment(pipeline)
	protected_enough(pipeline)
}

in_environment(pipeline) if not pipeline.environment

in_environment(pipeline) if pipeline.environment == ci.run.environment

protected_enough(pipeline) if not pipeline.protected

protected_enough(_) if ci.run.ref_protected

covered(use, table) if {
	some pipeline in pipelines
	sql.covers(pipeline[use], table)
}

default shown(_) := "none"

shown(claim) := claim if is_string(claim)
