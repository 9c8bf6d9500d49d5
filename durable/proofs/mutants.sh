#!/usr/bin/env bash
# Breaks the durable worker on purpose, in one place at a time, in a copy, and
# runs the proof that must notice. A mutant that survives is an error.
# Arguments: names of mutants; without any, all.
set -uo pipefail
cd "$(dirname "$0")/../.."
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -r pom.xml testkit client durable config "$copy"
cp -r durable/src/main "$copy/sound"
# Only the modules that are needed.
sed -i "/<module>/{/testkit\\|client\\|durable/!d}" "$copy/pom.xml"
main=durable/src/main/java/dev/aikit/durable
sql=$main/internal/sql
sqlite=$main/internal/sqlite
postgres=$main/internal/postgres
survivors=0
wanted=" $* "

# mutant NAME FILE SED-EXPRESSION TEST
mutant() {
  if [ "$wanted" != "  " ] && [[ "$wanted" != *" $1 "* ]]; then return; fi
  local sound="$copy/sound/${2#durable/src/main/}"
  sed -i "$3" "$copy/$2"
  if cmp -s "$sound" "$copy/$2"; then
    echo "$1: the place to break was not found in $2" >&2
    survivors=$((survivors + 1))
    return
  fi
  local log
  log=$(cd "$copy" && mvn -B -ntp -Dquick -pl testkit,client,durable test -Dtest="$4" -Dproof.halts=1 -Dsimulation.seeds=2000 \
    -Dsurefire.skipAfterFailureCount=1 -Dsurefire.failIfNoSpecifiedTests=false </dev/null 2>&1)
  if grep -q "BUILD SUCCESS" <<<"$log"; then
    echo "SURVIVED $1 ($4)"
    survivors=$((survivors + 1))
  elif grep -q "Tests run: .*\(Failures: [1-9]\|Errors: [1-9]\)" <<<"$log"; then
    echo "caught   $1 ($4)"
  else
    echo "BROKEN   $1 does not compile or run" >&2
    grep ERROR <<<"$log" | head -5 >&2
    survivors=$((survivors + 1))
  fi
  cp "$sound" "$copy/$2"
}

mutant acknowledged-before-commit $main/Submit.java \
  's/transaction.submit(call, now, so -> conflict = so);/&\n        kept.complete(null);/' HaltTest
mutant sync-off $sqlite/SqliteDatabase.java 's/synchronous = FULL/synchronous = OFF/' SyncTest
mutant sync-normal $sqlite/SqliteDatabase.java 's/synchronous = FULL/synchronous = NORMAL/' SyncTest
mutant no-owner-check $sql/SqlTransaction.java \
  's/" AND owner = ? AND run = ?"/" AND (owner = ? OR 1) AND (run = ? OR 1)"/' ZombieTest
mutant effect-without-check $sql/SqlTransaction.java 's/if (done) run(effects);/run(effects);/' 'StoreTroubleTest,ZombieTest'
mutant pg-effect-without-check $postgres/Together.java 's/if (done.contains(each.claim.id())) effects/effects/' ZombieTest
mutant effect-on-its-own $main/Deliverer.java \
  's/transaction.done(call.claim(), now, effects);/transaction.done(call.claim(), now, List.of());/' HaltTest
mutant no-key-check $sql/SqlTransaction.java 's/return !Arrays.equals(digest, call.digest())/return false/' DurableKeysTest
mutant key-always-new $sqlite/SqliteTransaction.java \
  's/"INSERT INTO aikit_call (key/"INSERT OR REPLACE INTO aikit_call (key/; s/ ON CONFLICT (key) DO NOTHING//' DurableKeysTest
mutant living-owners-are-dead $sqlite/OwnerFiles.java 's/return lock != null;/return lock != null || !owner.isEmpty();/' StoppedProcessTest
mutant dead-owners-live $sqlite/OwnerFiles.java 's/return lock != null;/return lock != null \&\& owner.isEmpty();/' HaltTest
mutant no-take-over $sql/SqlTransaction.java \
  's/return link.update(BACK + " WHERE owner = ? AND state IN (1, 3)", dead);/return 0;/' HaltTest
mutant answer-thrown-away $sql/SqlTransaction.java 's/UPDATE aikit_call SET state = state - 1, owner = NULL, unclear/UPDATE aikit_call SET state = 0, owner = NULL, unclear/' DurableWorkerTest
mutant unclear-claims-forgotten $main/Desk.java 's/unclear ? transaction.releaseUnknown(inHand()) : 0/0/' StoreTroubleTest
mutant unclear-answer-forgotten $main/Desk.java 's/ released = false;//' StoreTroubleTest
mutant poison-tried-again $main/internal/RetryRules.java "s/case HTTP -> .*/case HTTP -> true;/" DurableRetriesTest
mutant retry-forgotten $sql/SqlTransaction.java 's/due IS NOT NULL AND due <= ?/due IS NULL AND due <= ?/' DurableRetriesTest
mutant clock-set-back-waits $sql/SqlTransaction.java 's/due_set IS NOT NULL AND due_set > ?/due_set IS NULL AND due_set > ?/' DurableRetriesTest
mutant parked-deleted $sql/SqlTransaction.java 's/UPDATE aikit_call SET state = 6"/UPDATE aikit_call SET state = 5"/' StoreModelTest

mutant pg-acknowledged-on-any-trouble $postgres/PostgresDatabase.java 's/if (unclear \&\& committed == group) return;.*/if (unclear) return;/' PostgresStoreTest
mutant pg-unclear-is-not-done $postgres/PostgresDatabase.java 's/if (unclear \&\& committed == group) return;.*//' PostgresStoreTest
mutant pg-keeps-its-number-when-taken-over $postgres/PostgresDatabase.java 's/past != null \&\& !past.ended()/past != null/' ZombieTest
mutant pg-new-number-each-time $postgres/PostgresDatabase.java 's/past != null \&\& !past.ended()/past == null/' PostgresStoreTest
mutant pg-claims-without-owner $postgres/PostgresTransaction.java 's/SET owner = ?,"/SET owner = left(?, 0),"/' DurableWorkerTest
mutant pg-claims-what-others-have $postgres/PostgresTransaction.java 's/"WITH picked AS (SELECT id FROM aikit_call WHERE state = "/"WITH picked AS (SELECT id FROM aikit_call WHERE state - state % 2 = "/' StoppedProcessTest
mutant pg-living-owners-are-dead $postgres/PostgresTransaction.java 's/if (!Boolean.TRUE.equals(/if (dead.isEmpty() \&\& !Boolean.TRUE.equals(/' PostgresStoreTest
mutant pg-takes-itself-over $postgres/PostgresTransaction.java 's/if (dead.equals(owner)) return 0;//' PostgresStoreTest
mutant pg-looks-before-an-outage-count $postgres/PostgresDatabase.java 's/free = Set.of(); .*//' PostgresStoreTest
mutant pg-no-lock $postgres/Seat.java 's/SELECT pg_advisory_lock" + LOCK/SELECT ?::integer"/' StoppedProcessTest
mutant pg-dead-owners-live $postgres/PostgresDatabase.java 's/filter(free::contains)/filter(String::isEmpty)/' HaltTest
mutant pg-commit-off $postgres/Connector.java "s/= 'off';/= 'never';/" SyncTest
mutant pg-clock-of-the-machine $postgres/PostgresDatabase.java 's/clock.set(now);/clock.set(System.currentTimeMillis());/' PostgresStoreTest
mutant pg-locks-in-any-order $main/Submit.java 's/return call.key();/return "";/' PostgresStoreTest
mutant rate-of-each-process $main/SharedPermits.java 's/RateRow read = transaction.rate(name);/& if (known != null) read = known;/; s/news.known(row);/& known = row;/; s/private Heard told = Heard.NOTHING;/& private RateRow known;/' SharedPermitsTest
mutant rate-not-taken $main/SharedPermits.java 's/return row.used(used, until);/return row.used(used - 50_000_000, until);/' SharedPermitsTest
mutant rate-late-all-the-same $main/SharedPermits.java 's/boolean inTime = .*/boolean inTime = true;/' RateLimitTest
mutant rate-by-the-clock-on-the-wall $main/SharedPermits.java 's/if (anchored) return/if (anchored \&\& claimedAt == tick) return/; s/.used(row.requests() + past, row.tokens() + past)//' SharedPermitsTest
mutant rate-forgets-what-failed $main/SharedPermits.java 's/news.putBack(told);//' SharedPermitsTest
mutant rate-holds-one-process $main/SharedPermits.java 's/told.heldUntil() == Long.MIN_VALUE/told.heldUntil() <= Long.MAX_VALUE/' RateLimitTest
mutant rate-no-refund $main/internal/Flow.java 's/: until + time(units);/: until;/' RateLimitTest
mutant pg-any-order $postgres/PostgresTransaction.java 's/claimed.sort(order);/claimed.sort(order.reversed());/' StoreModelTest
mutant any-order $sqlite/SqliteTransaction.java 's/claimed.sort(Comparator.comparing(Sendable::call, TURN));//' StoreModelTest
mutant dead-by-an-unclear-commit-not-told $sql/SqlTransaction.java 's/if (changed == 0) return isDeadBy(claim, failure);/if (changed == 0) return false;/' StoreTroubleTest
mutant redriven-with-old-count $sql/SqlTransaction.java "s/, deliveries = 0, unclear_deliveries = 0\"/\"/" 'DurableRetriesTest,StoreModelTest'

simulated=DurableSimulationTest
mutant change-dropped $main/Writer.java 's/^                group.add(alone);//' $simulated
mutant failed-commit-taken-for-done $main/Writer.java 's/return failed(now, trouble);/failures = 0;/' $simulated
mutant unclear-claims-stay $main/Desk.java 's/unclear ? transaction.releaseUnknown(inHand()) : 0/0/' $simulated
mutant unclear-answer-stays $main/Sender.java 's/desk.lookAgain();//' $simulated
mutant nobody-taken-over $main/Desk.java 's/dead = store.deadOwners();//' $simulated
mutant never-due $main/Desk.java 's/back += transaction.promote(now);//' $simulated
mutant sends-without-room $main/Desk.java 's/return open ? Math.max(0, mostSends - sending.size() .*/return open ? mostSends : 0;/' $simulated
mutant callbacks-without-room $main/Desk.java 's/if (roomForDeliveries() == 0) return false;//' $simulated
mutant room-of-an-end-counted-twice $main/Desk.java 's/ \&\& !deliveriesEnding.contains(each.getKey())//' $simulated
mutant room-of-a-cancelled-send-lost $main/Sender.java '/class GivenBack/,/^    }/s/desk.sent(claim);//' $simulated
mutant cancelled-send-not-given-back $main/Sender.java 's/case CANCELLED -> writer.add.*/case CANCELLED -> {}/' $simulated
mutant older-send-goes-on $main/Sender.java 's/cancel(call.claim().id());//' $simulated
mutant answer-of-an-older-claim-delivered $main/Sender.java 's/if (mine \&\& deliver)/if (deliver)/' $simulated
mutant one-send-more $main/Sender.java 's/failures < SendSettings/failures <= SendSettings/' $simulated
mutant unclear-sends-counted $main/Sender.java 's/call.call().sends() - call.call().unclearSends()/call.call().sends()/' $simulated
mutant dead-not-told $main/Sender.java 's/if (mine \&\& wait < 0) ends.dead/if (mine \&\& wait == 0) ends.dead/' $simulated
mutant one-callback-more $main/Deliverer.java 's/failures >= rules.mostDeliveries()/failures > rules.mostDeliveries()/' $simulated
mutant retry-after-ignored $main/internal/RetryRules.java 's/return asked != null ? asked.toMillis() : backOff(failures);/return backOff(failures);/' $simulated
mutant no-back-off $main/internal/RetryRules.java 's/return (long) (Math.min(doubled, longest.toMillis()) \* part);/return 0;/' $simulated
mutant simulated-early-acknowledgement $main/Submit.java 's/transaction.submit(call, now, so -> conflict = so);/&\n        kept.complete(null);/' $simulated

mutant batch-output-not-cut $main/batch/ResultFile.java 's/channel.truncate(written);//; s/channel.position(written);/channel.position(channel.size());/' BatchKillTest
mutant batch-counts-too-many $main/batch/Feeder.java 's/submitted++;/submitted += 2;/' BatchKillTest
mutant batch-keys-stay $main/batch/BatchTables.java 's/delete.executeUpdate();//' BatchTest
mutant batch-part-begun-twice $main/batch/ProviderRun.java 's/if (begun.isPresent())/if (begun.isPresent() \&\& fileId.isEmpty())/' ViaProviderKillTest

echo "$survivors survived"
[ "$survivors" = 0 ]
