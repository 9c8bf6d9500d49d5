package dev.aikit.cli;

import dev.aikit.durable.batch.BatchStatus;
import java.time.Duration;
import java.util.Locale;

/** A bar in place, where somebody looks; else a line now and then. For one thread, and the one that ends it. */
final class Progress {
    private static final int WIDTH = 20;
    private static final int LINE = 79;
    private static final long DRAW_NANOS = 200_000_000L;
    private static final long SAY_NANOS = 60_000_000_000L;

    private final Terminal terminal;
    private final boolean inPlace;
    private long last = System.nanoTime();
    private boolean drawn;
    private boolean ended;
    private String trouble = "";

    Progress(Terminal terminal) {
        this.terminal = terminal;
        this.inPlace = terminal.screens().contains("2");
    }

    /** While the input is read: a long one takes its time. */
    synchronized void begin() {
        if (inPlace) draw("checking the input…");
    }

    synchronized void show(BatchStatus status) {
        if (ended) return;
        sayTrouble(status);
        long now = System.nanoTime();
        if (now - last < (inPlace ? DRAW_NANOS : SAY_NANOS)) return;
        last = now;
        if (inPlace) draw(bar(status));
        else terminal.say(counts(status) + pace(status));
    }

    private void sayTrouble(BatchStatus status) {
        if (status.trouble().isEmpty() || status.trouble().equals(trouble)) return;
        trouble = status.trouble();
        if (drawn) draw("");
        terminal.say("no progress, trying again: " + trouble);
    }

    private void draw(String line) {
        String cut = line.length() > LINE ? line.substring(0, LINE) : line;
        terminal.err().print("\r" + cut + " ".repeat(LINE - cut.length()) + (line.isEmpty() ? "\r" : ""));
        terminal.err().flush();
        drawn = !line.isEmpty();
    }

    /** Leaves the bar as it is; what is said next begins a new line. */
    synchronized void end() {
        if (drawn) terminal.err().println();
        drawn = false;
        ended = true;
    }

    /** "[#####               ]  25 %  250 of 1,000  12/s  1:02 left  3.4k tokens  2 failed". */
    static String bar(BatchStatus status) {
        double part = (double) (status.total() - status.left()) / Math.max(1, status.total());
        int full = (int) (WIDTH * part);
        return "[" + "#".repeat(full) + " ".repeat(WIDTH - full) + "] "
                + String.format(Locale.ROOT, "%3d %%  %,d of %,d", (int) (100 * part), status.done(), status.total())
                + pace(status)
                + tokens(status)
                + (status.failed() > 0 ? "  " + number(status.failed()) + " failed" : "");
    }

    private static String pace(BatchStatus status) {
        if (status.perSecond() <= 0) return "";
        String rate =
                String.format(Locale.ROOT, status.perSecond() < 10 ? "  %.1f/s" : "  %,.0f/s", status.perSecond());
        return rate
                + status.remaining().map(left -> "  " + time(left) + " left").orElse("");
    }

    private static String tokens(BatchStatus status) {
        long tokens = status.inputTokens() + status.outputTokens();
        return tokens == 0 ? "" : "  " + number(tokens) + " tokens";
    }

    /** "1,000 of 1,200 done, 3 failed, 197 left, 12.3k tokens". */
    static String counts(BatchStatus status) {
        return String.format(Locale.ROOT, "%,d of %,d done", status.done(), status.total())
                + (status.failed() > 0 ? String.format(Locale.ROOT, ", %,d failed", status.failed()) : "")
                + (status.left() > 0 ? String.format(Locale.ROOT, ", %,d left", status.left()) : "")
                + (tokens(status).isEmpty() ? "" : "," + tokens(status).substring(1));
    }

    /** "999", "12.3k", "4.5M". */
    static String number(long number) {
        if (number < 10_000) return String.format(Locale.ROOT, "%,d", number);
        return number < 1_000_000
                ? String.format(Locale.ROOT, "%.1fk", number / 1e3)
                : String.format(Locale.ROOT, "%.1fM", number / 1e6);
    }

    /** "0:07", "12:34", "3:12:34". */
    static String time(Duration time) {
        return time.toHours() > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
    }
}
