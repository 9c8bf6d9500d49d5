package dev.aikit.testing;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Listens to what is logged while it is open, at every level. */
public final class LogRecords extends Handler implements AutoCloseable {
    private final Logger logger;
    private final Level before;
    private final List<String> messages = new CopyOnWriteArrayList<>();

    private LogRecords(Logger logger) {
        this.logger = logger;
        this.before = logger.getLevel();
    }

    /** Listens to that logger and those below it. */
    public static LogRecords of(String logger) {
        LogRecords records = new LogRecords(Logger.getLogger(logger));
        records.logger.setLevel(Level.ALL);
        records.logger.addHandler(records);
        return records;
    }

    /** What was logged so far, with parameters and stack traces. */
    public List<String> messages() {
        return messages;
    }

    @Override
    public void publish(LogRecord entry) {
        StringWriter text = new StringWriter();
        text.write(entry.getLevel() + " " + entry.getLoggerName() + " " + entry.getMessage() + " "
                + Arrays.toString(entry.getParameters()));
        if (entry.getThrown() != null) entry.getThrown().printStackTrace(new PrintWriter(text));
        messages.add(text.toString());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setLevel(before);
    }
}
