# METADATA
# title: When
# description: What authors ask about the time of a question. Who asks for it is asked about every command anew.
package blastwall.when

# METADATA
# title: Business hours
# description: >-
#   Whether it is a business day between "from" and "to" (exclusive) in the time zone of data.business_hours, and none of its holidays. Without that data, or where it can't be read, it never is.
# custom:
#   examples: ['when.business_hours']
business_hours if {
	hours := data.business_hours
	now := [input.time.now_ns, hours.time_zone]
	time.weekday(now) in hours.days
	not holiday(now, hours)
	[hour, minute, _] := time.clock(now)
	minutes := (hour * 60) + minute
	minutes >= minute_of_day(hours.from)
	minutes < minute_of_day(hours.to)
}

holiday(now, hours) if time.format([now[0], now[1], "2006-01-02"]) in hours.holidays

minute_of_day(clock) := (to_number(hour) * 60) + to_number(minute) if {
	regex.match(`^(([01]\d|2[0-3]):[0-5]\d|24:00)$`, clock)
	[hour, minute] := split(clock, ":")
}
