#!/usr/bin/env bash
# The long runs of the proofs, with their figures. Takes hours. Arguments:
# Each runs on both stores. PostgreSQL comes from Maven. For halts: halts.sh.
#   kills [calls] [kills]   two processes, kill -9 every 2 to 5 s, at least so
#                     many times (1000000, 80). --store sqlite or --store postgres: one only
#   server [calls] [stops]   PostgreSQL stopped at once, its connections terminated
#                     each second, replies to COMMIT lost (20000, 20)
#   due [calls]       callbacks that hang while that many are due, in 64 MB (100000)
#   throughput [calls] [at a time] [folder] [limit]   completions a second (20000, 256)
set -euo pipefail
cd "$(dirname "$0")/../.."
store=
arguments=()
while [ $# -gt 0 ]; do
  case $1 in
    --store)
      case ${2:-} in
        sqlite) store=SQLITE ;;
        postgres | postgresql) store=POSTGRESQL ;;
        *) echo "--store: sqlite or postgres expected" >&2; exit 1 ;;
      esac
      shift 2
      ;;
    *) arguments+=("$1") && shift ;;
  esac
done
set -- "${arguments[@]}"
what=${1:?kills, server, due or throughput}
run() {
  mvn -B -ntp -Dquick -pl testkit,client,durable test -Dsurefire.failIfNoSpecifiedTests=false \
    -Djunit.jupiter.execution.timeout.mode=disabled -Dsurefire.timeout=0 "$@" </dev/null | grep -E "Tests run|ERROR|BUILD"
}
case $what in
  kills)
    run -Dtest=KillTest -Dproof.calls="${2:-1000000}" -Dproof.kills="${3:-80}" -Dproof.killEvery=2000 -Dproof.store="$store" \
      -Dtest.args=-Xmx4g || result=$? # the fake server and the checker remember every key
    cat durable/target/surefire-reports/*KillTest-output.txt
    exit "${result:-0}"
    ;;
  server)
    run -Dtest=BrokenServerTest -Dproof.server.calls="${2:-20000}" -Dproof.stops="${3:-20}"
    cat durable/target/surefire-reports/*BrokenServerTest-output.txt
    ;;
  due)
    run -Dtest=BoundedMemoryTest -Dproof.due="${2:-100000}"
    cat durable/target/surefire-reports/*BoundedMemoryTest-output.txt
    ;;
  throughput)
    mvn -B -ntp -q -Dquick -pl testkit,client,durable test-compile dependency:build-classpath \
      -Dmdep.outputFile="$PWD/durable/target/classpath.txt" </dev/null
    for each in ${store:-SQLITE POSTGRESQL}; do
      java -Xmx1g -cp "durable/target/test-classes:durable/target/classes:$(cat durable/target/classpath.txt)" \
        dev.aikit.durable.proof.Throughput "${4:-${TMPDIR:-/tmp}}" "${2:-20000}" "${3:-256}" $each ${5:-}
    done
    ;;
  *) echo "kills, server, due or throughput expected, not $what" >&2; exit 1 ;;
esac
