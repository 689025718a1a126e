package blastwall.when_test

import data.blastwall.when

hours := {
	"time_zone": "Europe/Berlin",
	"days": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
	"from": "08:30",
	"to": "18:00",
	"holidays": ["2026-05-01"],
}

open_at(instant) if {
	when.business_hours with input as {"time": {"now_ns": time.parse_rfc3339_ns(instant)}}
		with data.business_hours as hours
}

test_business_hours_are_those_of_the_time_zone if {
	open_at("2026-01-05T07:30:00Z")
	not open_at("2026-01-05T07:29:59Z")
	open_at("2026-01-05T16:59:59Z")
	not open_at("2026-01-05T17:00:00Z")
}

test_business_hours_follow_summer_time if {
	open_at("2026-07-06T06:30:00Z")
	not open_at("2026-07-06T16:30:00Z")
}

test_the_weekend_is_none if not open_at("2026-01-03T10:00:00Z")

test_a_holiday_is_none if {
	open_at("2026-04-30T10:00:00Z")
	not open_at("2026-05-01T10:00:00Z")
}

test_the_day_is_that_of_the_time_zone if {
	late := object.union(hours, {"from": "00:00", "to": "24:00"})
	when.business_hours with input as {"time": {"now_ns": time.parse_rfc3339_ns("2026-01-04T23:00:00Z")}}
		with data.business_hours as late
}

test_without_readable_hours_there_are_none if {
	now := {"time": {"now_ns": time.parse_rfc3339_ns("2026-01-05T10:00:00Z")}}
	not when.business_hours with input as now
	every broken in [{"time_zone": "Nowhere/Land"}, {"from": "8"}, {"to": "25:00"}, {"days": "Monday"}, {"days": []}] {
		not when.business_hours with input as now with data.business_hours as object.union(hours, broken)
	}
}

test_hours_need_no_holidays if {
	when.business_hours with input as {"time": {"now_ns": time.parse_rfc3339_ns("2026-01-05T10:00:00Z")}}
		with data.business_hours as object.remove(hours, ["holidays"])
}
