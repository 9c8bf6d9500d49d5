#!/usr/bin/env bash
# A large batch in a heap of 64 MB, killed again and again; its output is compared with the list of what was asked.
# Arguments: requests (1000000), kills (80). Prints the time, what was sent again, and each process's largest memory.
set -euo pipefail
cd "$(dirname "$0")/../.."
mvn -B -ntp -Dquick -pl client,durable -am test -Dtest=BatchKillTest -Dsurefire.failIfNoSpecifiedTests=false \
  -Djunit.jupiter.execution.timeout.mode=disabled -Dsurefire.timeout=0 \
  -Dproof.batch="${1:-1000000}" -Dproof.batchKills="${2:-80}" </dev/null | grep -E "Tests run|ERROR|BUILD"
cat durable/target/surefire-reports/*BatchKillTest-output.txt
