#!/usr/bin/env bash
# Four processes share a rate limit for minutes, and one is killed; on both stores, with a limit of requests and with one
# of tokens. Judged by what the server wrote down. Arguments: minutes (3) of each of the four
# runs; requests, tokens or both (both).
set -euo pipefail
cd "$(dirname "$0")/../.."
mvn -B -ntp -Dquick -pl testkit,client,durable test -Dtest=RateTest -Dsurefire.failIfNoSpecifiedTests=false \
  -Djunit.jupiter.execution.timeout.mode=disabled -Dsurefire.timeout=0 \
  -Dproof.rateSeconds=$((${1:-3} * 60)) -Dproof.rateOf="${2:-both}" </dev/null | grep -E "Tests run|ERROR|BUILD"
cat durable/target/surefire-reports/*RateTest-output.txt
