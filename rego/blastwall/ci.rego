# METADATA
# title: CI
# description: >-
#   What authors ask about a job of GitHub Actions, GitLab CI or Azure Pipelines, read from the claims of its token. Names can be taken over, so pin the issuer (input.principal.issuer) and repository_id.
package blastwall.ci

# METADATA
# title: Run
# description: >-
#   The job as {"system", "repository", "repository_id", "ref", "ref_protected", "environment", "event", "fork", "actor", "run_id"}; undefined for what is no CI job. "system" is "github", "gitlab" or "azure"; "ref" is a full name such as "refs/heads/main"; what the claims don't say is null. "fork" is false only where the claims prove that no code of a fork runs: jobs of pull and merge requests count as those of forks.
# custom:
#   examples: ['ci.run.repository_id == "74"', 'not ci.run.fork']
run := github if {
	job
	claims.repository_id
	claims.event_name
} else := gitlab if {
	job
	claims.project_id
	claims.pipeline_source
} else := azure if {
	job
	claims.org_id
	claims.def_id
}

# A job that somebody acts through is the actor's doing, and the claims speak of the job alone.
job if {
	input.principal.kind == "ci"
	count(input.principal.actors) == 0
}

claims := input.principal.claims

github := {
	"system": "github",
	"repository": said("repository"),
	"repository_id": id("repository_id"),
	"ref": said("ref"),
	"ref_protected": protected,
	"environment": said("environment"),
	"event": claims.event_name,
	"fork": not_among(claims.event_name, {
		"push", "schedule", "workflow_dispatch", "repository_dispatch", "release", "deployment", "merge_group",
	}),
	"actor": said("actor"),
	"run_id": id("run_id"),
}

gitlab := {
	"system": "gitlab",
	"repository": said("project_path"),
	"repository_id": id("project_id"),
	"ref": gitlab_ref,
	"ref_protected": protected,
	"environment": said("environment"),
	"event": claims.pipeline_source,
	"fork": not_among(claims.pipeline_source, {"push", "web", "schedule", "api", "trigger", "pipeline"}),
	"actor": said("user_login"),
	"run_id": id("pipeline_id"),
}

# The token names neither event nor environment nor actor, but the ref of a pull request is none of a branch.
azure := {
	"system": "azure",
	"repository": said("rpo_uri"),
	"repository_id": id("rpo_id"),
	"ref": said("rpo_ref"),
	"ref_protected": false,
	"environment": null,
	"event": null,
	"fork": azure_fork,
	"actor": null,
	"run_id": id("run_id"),
}

default gitlab_ref := null

gitlab_ref := concat("", [prefix, claims.ref]) if {
	prefix := {"branch": "refs/heads/", "tag": "refs/tags/"}[claims.ref_type]
}

default azure_fork := true

azure_fork := false if strings.any_prefix_match(claims.rpo_ref, ["refs/heads/", "refs/tags/"])

default protected := false

protected if claims.ref_protected in {true, "true"}

default said(_) := null

said(claim) := claims[claim] if is_string(claims[claim])

# An id is a text with one issuer and a number with another.
default id(_) := null

id(claim) := claims[claim] if {
	is_string(claims[claim])
} else := format_int(claims[claim], 10)

not_among(word, words) := false if {
	word in words
} else := true
