#!/usr/bin/env bash
# Completions a second of a durable worker, db-scheduler and JobRunr, one after the other in one process, each on a new
# database of its own: first in SQLite, then in PostgreSQL. The first run fetches the two from Maven Central.
# Arguments: jobs (20000), jobs at a time (64), folder of the disk to measure, kinds of stores (SQLITE POSTGRESQL)
set -euo pipefail
cd "$(dirname "$0")/../.."
here=durable/proofs/compare
target=durable/target/compare
mvn -B -ntp -q -Dquick -pl testkit,client,durable test-compile dependency:build-classpath \
  -Dmdep.outputFile="$PWD/durable/target/classpath.txt" </dev/null
mvn -B -ntp -q -f $here/pom.xml dependency:build-classpath -Dmdep.outputFile="$PWD/durable/target/compare.txt" </dev/null
path="durable/target/test-classes:durable/target/classes:$(cat durable/target/classpath.txt):$(cat durable/target/compare.txt)"
rm -rf $target
mkdir -p $target
javac -Xlint:all,-processing,-classfile,-path,-serial -proc:none --release 17 -d $target -cp "$path" $(find $here/src -name '*.java')
folder=${3:-${TMPDIR:-/tmp}}
stores=("${@:4}")
[ ${#stores[@]} -gt 0 ] || stores=(SQLITE POSTGRESQL)
java -Xmx1g -Dorg.slf4j.simpleLogger.defaultLogLevel=error -cp "$target:$path" \
  dev.aikit.durable.compare.Compare "$folder" "${1:-20000}" "${2:-64}" "${stores[@]}"
