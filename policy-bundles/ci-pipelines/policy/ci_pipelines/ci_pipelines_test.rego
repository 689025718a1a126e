package ci_pipelines_test

job(issuer, claims) := {
	"subject": "job",
	"issuer": issuer,
	"kind": "ci",
	"groups": [],
	"claims": claims,
	"actors": [],
}

github(more) := job("https://token.actions.githubusercontent.com", object.union(
	{
		"repository": "acme/shop",
		"repository_id": "74",
		"ref": "refs/heads/feature/x",
		"ref_protected": "false",
		"event_name": "push",
		"actor": "dora",
		"run_id": "1001",
	},
	more,
))

release := github({"ref": "refs/heads/main", "ref_protected": "true", "environment": "production"})

gitlab(more) := job("https://gitlab.example", object.union(
	{
		"project_path": "acme/billing",
		"project_id": "22",
		"ref": "main",
		"ref_type": "branch",
		"ref_protected": "true",
		"pipeline_source": "schedule",
		"user_login": "dora",
		"pipeline_id": "455",
	},
	more,
))

azure(more) := job("https://vstoken.dev.azure.com/0f3c", object.union(
	{"org_id": "0f3c", "def_id": "12", "rpo_id": "6b1e", "rpo_uri": "u", "rpo_ref": "refs/heads/main", "run_id": "77"},
	more,
))

connecting(principal) := outcome(asked_to("connect", principal, {}))

judged(facts, principal) := outcome(asked_to("command", principal, {"command": sql(facts)}))

forwarded := ["forward", {"within_rights"}]

reading(name) := {"tables": [table(name, "read")]}

updating(name) := {"type": "update", "tables": [table(name, "write")]}

test_jobs_of_listed_pipelines_connect if {
	every principal in [github({}), release, gitlab({}), azure({})] {
		connecting(principal) == ["forward", {"known_pipeline"}]
	}
}

test_a_job_of_a_fork_reads_nothing if {
	every principal in [
		github({"event_name": "pull_request"}),
		github({"event_name": "pull_request_target", "ref": "refs/heads/main"}),
		gitlab({"pipeline_source": "merge_request_event"}),
		azure({"rpo_ref": "refs/pull/3/merge"}),
	] {
		"fork" in connecting(principal)[1]
		answer := asked_to("command", principal, {"command": sql(reading("orders"))})
		answer.outcome == "refuse"
		shown := asked_to("result", principal, {"command": sql(reading("orders")), "result": {"columns": []}})
		shown.outcome == "refuse"
	}
}

test_another_repository_is_not_the_listed_one if {
	every principal in [
		github({"repository_id": "75"}),
		gitlab({"project_id": "23"}),
		object.union(github({}), {"issuer": "https://gitlab.example"}),
		gitlab({"ref": "other"}),
		gitlab({"ref_protected": "false"}),
		azure({"rpo_ref": "refs/heads/other"}),
		github({"ref": "refs/tags/x"}),
	] {
		connecting(principal) == ["refuse", {"unknown_pipeline"}]
	}
}

test_nobody_else_connects if {
	alice := object.union(github({}), {"kind": "person", "claims": {}})
	"no_ci_job" in connecting(alice)[1]
	agent := object.union(github({}), {"kind": "ci", "actors": [{"subject": "a", "issuer": "i", "kind": "ci"}]})
	"no_ci_job" in connecting(agent)[1]
}

test_a_job_reads_and_writes_what_its_pipelines_may if {
	judged(reading("orders"), github({})) == forwarded
	judged(updating("orders"), release) == forwarded
	judged(reading("customers"), release) == forwarded
	judged(updating("invoices"), gitlab({})) == forwarded
	judged(reading("orders"), azure({})) == forwarded
}

test_what_no_pipeline_of_the_job_may_is_refused if {
	judged(reading("customers"), github({})) == ["refuse", {"not_a_right"}]
	judged(updating("orders"), github({})) == ["refuse", {"not_a_right"}]
	judged(updating("customers"), release) == ["refuse", {"not_a_right"}]
	judged(updating("orders"), azure({})) == ["refuse", {"not_a_right"}]
}

test_the_environment_and_the_protection_of_the_ref_count if {
	unprotected := github({"ref": "refs/heads/main", "environment": "production"})
	judged(updating("orders"), unprotected) == ["refuse", {"not_a_right"}]
	elsewhere := github({"ref": "refs/heads/main", "ref_protected": "true", "environment": "staging"})
	judged(updating("orders"), elsewhere) == ["refuse", {"not_a_right"}]
}

test_what_hides_its_tables_is_refused if {
	judged({"functions": ["do_everything"]}, release) == ["refuse", {"unknown_function"}]
	judged({"type": "do", "side_effects": ["do"]}, release) == ["refuse", {"runs_server_code", "side_effect"}]
}

test_writes_are_recorded_first if {
	answer := asked_to("command", release, {"command": sql(updating("orders"))})
	answer.record == "required"
}

test_results_may_be_read if {
	asked := {"command": sql(reading("orders")), "result": {"columns": []}}
	outcome(asked_to("result", github({}), asked)) == ["forward", {"result"}]
}
