#!/bin/sh
# psql: client.sh PSQL CHECK... runs CHECK.sql with PSQL and prints one line for each: its name, a tab, what came out.
psql=$1
shift
for name in "$@"; do
  # Ctrl-C is how a person cancels.
  signal=; [ "$name" != cancel ] || signal="timeout -s INT 2"
  found=$($signal "$psql" -X -A -t -q -F ' ' -v VERBOSITY=verbose -f "$name.sql" 2>&1 </dev/null) || true
  printf '%s\t%s\n' "$name" "$(printf %s "$found" | sed -e 's/^psql:[^ ]*: //' -e '/^LOCATION:/d' | tr '\n' ' ' | sed 's/ $//')"
done
