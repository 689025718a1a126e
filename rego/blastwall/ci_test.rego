package blastwall.ci_test

import data.blastwall.ci

asked(claims) := {"principal": {
	"subject": "job",
	"issuer": "https://issuer.example",
	"kind": "ci",
	"groups": [],
	"claims": claims,
	"actors": [],
}}

github := {
	"repository": "acme/shop",
	"repository_id": "74",
	"ref": "refs/heads/main",
	"ref_protected": "true",
	"environment": "production",
	"event_name": "push",
	"actor": "dora",
	"run_id": "1001",
}

gitlab := {
	"project_path": "acme/shop",
	"project_id": 22,
	"ref": "main",
	"ref_type": "branch",
	"ref_protected": "true",
	"environment": "production",
	"pipeline_source": "push",
	"user_login": "dora",
	"pipeline_id": "455",
}

azure := {
	"org_id": "o",
	"prj_id": "p",
	"def_id": "12",
	"rpo_id": "r",
	"rpo_uri": "https://dev.azure.com/acme/shop/_git/shop",
	"rpo_ref": "refs/heads/main",
	"run_id": "77",
}

test_a_job_of_github_actions if {
	ci.run == {
		"system": "github",
		"repository": "acme/shop",
		"repository_id": "74",
		"ref": "refs/heads/main",
		"ref_protected": true,
		"environment": "production",
		"event": "push",
		"fork": false,
		"actor": "dora",
		"run_id": "1001",
	} with input as asked(github)
}

test_a_job_of_gitlab if {
	ci.run == {
		"system": "gitlab",
		"repository": "acme/shop",
		"repository_id": "22",
		"ref": "refs/heads/main",
		"ref_protected": true,
		"environment": "production",
		"event": "push",
		"fork": false,
		"actor": "dora",
		"run_id": "455",
	} with input as asked(gitlab)
}

test_a_job_of_azure_pipelines if {
	ci.run == {
		"system": "azure",
		"repository": "https://dev.azure.com/acme/shop/_git/shop",
		"repository_id": "r",
		"ref": "refs/heads/main",
		"ref_protected": false,
		"environment": null,
		"event": null,
		"fork": false,
		"actor": null,
		"run_id": "77",
	} with input as asked(azure)
}

test_what_the_claims_do_not_say_is_null if {
	bare := object.remove(github, ["environment", "actor", "run_id", "ref_protected"])
	run := ci.run with input as asked(bare)
	[run.environment, run.actor, run.run_id] == [null, null, null]
	run.ref_protected == false
}

test_refs_of_gitlab_get_their_full_names if {
	tag := ci.run with input as asked(object.union(gitlab, {"ref": "v1", "ref_type": "tag"}))
	tag.ref == "refs/tags/v1"
	other := ci.run with input as asked(object.union(gitlab, {"ref_type": "other"}))
	other.ref == null
}

test_a_job_that_may_run_the_code_of_a_fork_counts_as_one if {
	every event in ["pull_request", "pull_request_target", "issue_comment", "workflow_run", "unheard_of"] {
		run := ci.run with input as asked(object.union(github, {"event_name": event}))
		run.fork
	}
	every source in ["merge_request_event", "external_pull_request_event", "parent_pipeline", "unheard_of"] {
		run := ci.run with input as asked(object.union(gitlab, {"pipeline_source": source}))
		run.fork
	}
	every unsaid in [object.union(azure, {"rpo_ref": "refs/pull/7/merge"}), object.remove(azure, ["rpo_ref"])] {
		run := ci.run with input as asked(unsaid)
		run.fork
	}
}

test_only_a_job_that_comes_itself_has_a_run if {
	every principal in [
		{"kind": "person"},
		{"kind": "service"},
		{"actors": [{"subject": "agent", "issuer": "i", "kind": "agent"}]},
	] {
		not ci.run with input as {"principal": object.union(asked(github).principal, principal)}
	}
}

test_claims_of_no_known_system_are_no_run if not ci.run with input as asked({"sub": "job"})
