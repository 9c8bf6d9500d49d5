#!/usr/bin/env bash
# Soaks the client for some minutes in a server that fails a third of the time:
#   proofs/soak.sh [MINUTES] [SEED]
# Fails if a call does not end once and as the server's doing explains, or if anything is held afterwards.
set -euo pipefail
cd "$(dirname "$0")/.."
mvn -B -ntp -Dquick -pl client -am test -Dtest=SoakTest -Dsurefire.failIfNoSpecifiedTests=false \
  -Dsurefire.timeout=7200 -Dsoak.minutes="${1:-5}" ${2:+-Dsoak.seed="$2"} </dev/null
cat client/target/figures/soak.properties
