#!/bin/sh
# psql: client.sh PSQL CHECK... runs CHECK.sql with PSQL and prints one line for each: its name, a tab, what came out.
psql=$1
shift
said=$(mktemp)
trap 'rm -f "$said"' EXIT

run() { # CHECK
  exec "$psql" -X -A -t -q -F ' ' -v VERBOSITY=verbose -f "$1.sql" </dev/null >"$said" 2>&1
}

# Ctrl-C is how a person cancels. It also ends the file.
cancelled() {
  run cancel &
  until grep -q ready "$said"; do sleep 0.2; done
  for _ in $(seq 60); do
    sleep 1
    if grep -q 57014 "$said"; then break; fi
    kill -INT $!
  done
  wait $!
}

for name in "$@"; do
  if [ "$name" = cancel ]; then cancelled; else (run "$name"); fi
  # Where it is in the source of the server, and which process rang, is different each time.
  found=$(sed -e 's/^psql:[^ ]*: //' -e '/^LOCATION:/d' -e '/^ready$/d' -e '/^Cancel request sent$/d' -e 's/ from server process.*//' "$said")
  printf '%s\t%s\n' "$name" "$(printf %s "$found" | tr '\n' ' ')"
done
