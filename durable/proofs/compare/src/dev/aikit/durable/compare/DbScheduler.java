package dev.aikit.durable.compare;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import dev.aikit.OpenAI;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** db-scheduler, with the polling strategy that it has for the database. The effect is a commit of its own. */
final class DbScheduler implements Contender {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int AT_ONCE = 1_000;

    private final HikariDataSource pool;
    private final OneTimeTask<Void> task;
    private final Scheduler scheduler;
    private final int threads;

    DbScheduler(Database database, OpenAI client, int threads) throws Exception {
        this.threads = threads;
        pool = database.pool(threads);
        boolean sqlite = database.isSqlite();
        String time = sqlite ? "TIMESTAMP" : "TIMESTAMP WITH TIME ZONE";
        try (Connection connection = pool.getConnection()) {
            connection
                    .createStatement()
                    .execute("CREATE TABLE scheduled_tasks (task_name TEXT NOT NULL, task_instance TEXT NOT NULL, task_data "
                            + (sqlite ? "BLOB" : "BYTEA") + ", execution_time " + time + ", picked "
                            + (sqlite ? "BIT" : "BOOLEAN") + " NOT NULL, picked_by TEXT, last_success " + time
                            + ", last_failure " + time + ", consecutive_failures INT, last_heartbeat " + time
                            + ", version BIGINT NOT NULL, priority SMALLINT, state TEXT,"
                            + " PRIMARY KEY (task_name, task_instance))");
            connection.createStatement().execute("CREATE INDEX by_time ON scheduled_tasks (execution_time)");
            connection.createStatement().execute("CREATE INDEX by_heartbeat ON scheduled_tasks (last_heartbeat)");
        }
        task = Tasks.oneTime("effect").execute((instance, context) -> {
            Asking.ask(client, instance.getId());
            try (Connection connection = pool.getConnection()) {
                Database.effect(connection, instance.getId());
            } catch (java.sql.SQLException error) {
                throw new IllegalStateException(error);
            }
        });
        SchedulerBuilder builder = Scheduler.create(pool, task).threads(threads).pollingInterval(POLL);
        // The strategy for many small tasks, where the database can; else its default.
        scheduler = (sqlite ? builder : builder.pollUsingLockAndFetch(1.0, 4.0)).build();
        scheduler.start();
    }

    @Override
    public String name() {
        return "db-scheduler 16.12.0, " + threads + " threads";
    }

    @Override
    public void run(List<String> keys) throws Exception {
        Instant now = Instant.now();
        for (int from = 0; from < keys.size(); from += AT_ONCE) {
            List<TaskInstance<?>> some = new ArrayList<>();
            for (String key : keys.subList(from, Math.min(keys.size(), from + AT_ONCE))) some.add(task.instance(key));
            scheduler.scheduleBatch(some, now);
        }
        // What is done is removed.
        while (Database.count(pool, "SELECT count(*) FROM (SELECT 1 FROM scheduled_tasks LIMIT 1) left_over") > 0)
            Thread.sleep(50);
    }

    @Override
    public void close() {
        scheduler.stop();
        pool.close();
    }
}
