package dev.aikit.durable.compare;

import java.util.List;

/** What takes jobs, keeps them in a database and works them off. */
interface Contender extends AutoCloseable {
    /** How it is called, with what is to be known of its settings. */
    String name();

    /** Submits a job for each key, in whatever way is the fastest, and returns when all of them are done in the database. */
    void run(List<String> keys) throws Exception;

    @Override
    void close();
}
