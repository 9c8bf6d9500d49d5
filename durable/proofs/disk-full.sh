#!/usr/bin/env bash
# A disk that is really full: the store is on a small file system, which is filled to the last byte before each kind of
# commit in turn. On both stores; for PostgreSQL the whole server is there. Linux only. Argument: rounds (25).
set -euo pipefail
cd "$(dirname "$0")/../.."
mvn -B -ntp -Dquick -pl testkit,client,durable test -Dtest=FullDiskTest -Dsurefire.failIfNoSpecifiedTests=false \
  -Djunit.jupiter.execution.timeout.mode=disabled -Dsurefire.timeout=0 -Dproof.fullRounds="${1:-25}" </dev/null \
  | grep -E "Tests run|ERROR|BUILD" || result=$?
cat durable/target/surefire-reports/*FullDiskTest-output.txt
exit "${result:-0}"
