package dev.aikit.durable.compare;

import com.zaxxer.hikari.HikariDataSource;
import dev.aikit.OpenAI;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.scheduling.BackgroundJobRequest;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;

/** JobRunr, the edition that costs nothing. The effect is a commit of its own. */
final class JobRunrContender implements Contender {
    private static final Duration POLL = Duration.ofSeconds(5); // it takes no less; while it works it asks for more by itself
    private static final int AT_ONCE = 1_000;

    private final HikariDataSource pool;
    private final int threads;
    private int done;

    /** A job. */
    public record Effect(String key) implements JobRequest {
        @Override
        public Class<EffectHandler> getJobRequestHandler() {
            return EffectHandler.class;
        }
    }

    /** Does a job. */
    public static final class EffectHandler implements JobRequestHandler<Effect> {
        static volatile OpenAI client;
        static volatile HikariDataSource pool;

        @Override
        public void run(Effect job) throws Exception {
            Asking.ask(client, job.key());
            try (Connection connection = pool.getConnection()) {
                Database.effect(connection, job.key());
            }
        }
    }

    JobRunrContender(Database database, OpenAI client, int threads) {
        this.threads = threads;
        pool = database.pool(threads);
        EffectHandler.client = client;
        EffectHandler.pool = pool;
        JobRunr.configure()
                .useStorageProvider(SqlStorageProviderFactory.using(pool))
                .useBackgroundJobServer(BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                        .andWorkerCount(threads)
                        .andPollInterval(POLL))
                .initialize();
    }

    @Override
    public String name() {
        return "JobRunr 8.7.0, " + threads + " threads";
    }

    @Override
    public void run(List<String> keys) throws Exception {
        done += keys.size();
        for (int from = 0; from < keys.size(); from += AT_ONCE)
            BackgroundJobRequest.enqueue(
                    keys.subList(from, Math.min(keys.size(), from + AT_ONCE)).stream().map(Effect::new));
        while (Database.count(pool, "SELECT count(*) FROM jobrunr_jobs WHERE state = 'SUCCEEDED'") < done)
            Thread.sleep(50);
    }

    @Override
    public void close() {
        JobRunr.destroy();
        pool.close();
    }
}
