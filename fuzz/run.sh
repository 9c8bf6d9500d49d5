#!/usr/bin/env bash
# Lets the fuzzer (Jazzer) run each target for some seconds, one after the other:
#   fuzz/run.sh [SECONDS] [TARGET...]      fuzz/run.sh 300 JsonTarget HttpTarget
# Prints what each came to, and leaves the figures for proofs/Promises.java. An input that shows a fault is written to
# client/target/fuzz/TARGET/crash-...; when the fault is mended, the input belongs into client/src/test/fuzz/TARGET, where
# the ordinary tests try it each time.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
figures=client/target/figures
mkdir -p "$figures"
shift || true
tests=client/src/test
targets() { (cd "$tests/java" && find . -name "*Target.java" | sort); }

mvn -B -ntp -q -Dquick -pl client -am test-compile dependency:build-classpath \
  -Dmdep.includeScope=test -Dmdep.outputFile=target/fuzz-classpath.txt </dev/null
classpath="client/target/classes:client/target/test-classes:$(cat client/target/fuzz-classpath.txt)"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

failed=0
for file in $(targets); do
  class=$(sed 's#^\./##; s#\.java$##; s#/#.#g' <<<"$file")
  name=${class##*.}
  if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then continue; fi
  work=client/target/fuzz/$name
  mkdir -p "$work/corpus"
  echo "== $name, $seconds s"
  # Little memory: an input that makes the client keep more than it may ends in an error.
  if "$java" -Xmx256m -Xss1m -cp "$classpath" com.code_intelligence.jazzer.Jazzer \
      --target_class="$class" --instrumentation_includes='dev.aikit.**' --custom_hook_includes='dev.aikit.**' --reproducer_path="$work" \
      -artifact_prefix="$work/" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=1500 -max_len=8192 \
      -print_final_stats=1 -dict=fuzz/words.dict \
      "$work/corpus" "$tests/fuzz/$name" >"$work/log.txt" 2>&1; then
    grep -aE '^stat::(number_of_executed_units|average_exec_per_sec|peak_rss_mb)' "$work/log.txt"
    printf 'executions=%s\nseconds=%s\n' \
      "$(sed -nE 's/^stat::number_of_executed_units: *//p' "$work/log.txt")" "$seconds" >"$figures/fuzz-$name.properties"
    sed -nE 's/^#[0-9]+\t(DONE|NEW|REDUCE|pulse) +(cov: [0-9]+) (ft: [0-9]+).*/\2, \3/p' "$work/log.txt" | tail -1
  else
    failed=1
    echo "A fault: see $work/log.txt"
    grep -aE '^(== Java Exception|Caused by|java\.lang|.*Error:)' "$work/log.txt" | head -5
  fi
done
exit $failed
