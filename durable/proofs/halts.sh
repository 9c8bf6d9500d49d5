#!/usr/bin/env bash
# Processes halted at each of the moments around their commits, on both stores,
# and what became of their calls: a line for each moment and store. Arguments: how
# often at each (200); maybe one store only (SQLITE or POSTGRESQL), and one moment
# only (such as SENT). PostgreSQL comes from Maven.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
mvn -B -ntp -q -Dquick -pl testkit,client,durable test-compile dependency:build-classpath \
  -Dmdep.outputFile="$work/classpath.txt" </dev/null
path="durable/target/test-classes:durable/target/classes:$(cat "$work/classpath.txt")"
java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m "-Djava.io.tmpdir=$work" -cp "$path" \
  dev.aikit.durable.proof.Halts "$work" "${1:-200}" "${@:2}"
