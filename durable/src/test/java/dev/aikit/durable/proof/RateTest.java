package dev.aikit.durable.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.durable.DurableCall;
import dev.aikit.durable.DurableWorker;
import dev.aikit.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Four processes share a rate limit, and one is killed. What came is judged by what the server wrote down when it came, in
 * windows of any length. {@code -Dproof.rateSeconds=180} for the long run.
 */
@ParameterizedClass
@EnumSource(TestStore.Kind.class)
class RateTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int SECONDS = Integer.getInteger("proof.rateSeconds", 5);
    private static final boolean IS_LONG = SECONDS >= 60;

    /** Of it, at least so much is used. On a busy machine a few seconds are too few to tell. */
    private static final double LEAST_USE = IS_LONG ? 0.95 : 0.85;

    private static final int BURST_SECONDS = 3;
    private static final int PROCESSES = 4;
    private static final int REQUESTS = 1_800;
    private static final int TOKENS = 900_000;

    /** Less than a call takes on average: so there are always calls that wait. */
    private static final int LEAST_TOKENS = 200;

    private static final String WHAT = System.getProperty("proof.rateOf", IS_LONG ? "both" : "requests");

    @Parameter
    TestStore.Kind kind;

    @TempDir
    Path all;

    @Test
    @Timeout(value = 4, unit = TimeUnit.HOURS) // of the long run; here it is over in half a minute
    void noWindowHasMoreThanTheLimitAndTheBurst() throws Exception {
        if (!WHAT.equals("tokens")) prove("requests", REQUESTS, 0, REQUESTS);
        if (!WHAT.equals("requests")) prove("tokens", 0, TOKENS, TOKENS);
    }

    private void prove(String what, int requests, int tokens, long perMinute) throws Exception {
        Path folder = Files.createDirectory(all.resolve(what));
        Path log = folder.resolve("received.log");
        TestStore.create(kind, folder);
        List<Process> processes = new ArrayList<>();
        try (Journal received = new Journal(log);
                ModelServer server = new ModelServer()
                        .rule((key, time) -> counted(key))
                        .journal(key -> {
                            long units = tokens > 0 ? cost(key) : 1;
                            if (!key.equals(RateMain.WARM_UP)) received.add(System.nanoTime() + " " + units);
                        })) {
            submit(
                    folder,
                    server,
                    (SECONDS + 2 * BURST_SECONDS) * (tokens > 0 ? TOKENS / 60 / LEAST_TOKENS : REQUESTS / 60) + 500);
            try {
                for (int i = 0; i < PROCESSES; i++) processes.add(start(folder, server, i, requests, tokens));
                server.whenRequests(PROCESSES + 1).get(60, TimeUnit.SECONDS);
                pass(BURST_SECONDS + SECONDS / 2.0);
                processes.get(0).destroyForcibly();
                pass(SECONDS / 2.0 + 1);
            } finally {
                for (Process process : processes) process.destroyForcibly();
                for (Process process : processes) process.waitFor();
            }
        }
        System.out.println(kind);
        judge(what, Journal.read(log), perMinute);
    }

    private static void judge(String what, List<String> log, long perMinute) {
        Windows windows = new Windows();
        for (String line : log) {
            String[] parts = line.split(" ");
            windows.add(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        }
        double perNano = perMinute / 60e9;
        long steady = SECONDS * SECOND;
        double used = windows.in(windows.first() + BURST_SECONDS * SECOND, steady) / (steady * perNano);
        double worst = windows.excess(BURST_SECONDS * SECOND, perNano);
        long largest = what.equals("requests") ? 1 : 0;
        System.out.printf(
                "%s: %d a minute, burst %d s, %d processes, one killed, %d s: %.1f %% of the limit used after the burst;"
                        + " %d came%n",
                what, perMinute, BURST_SECONDS, PROCESSES, SECONDS, used * 100, log.size());
        for (int seconds : new int[] {1, 10, 60})
            System.out.printf(
                    "  most in a window of %2d s: %d of %.0f%n",
                    seconds, windows.most(seconds * SECOND), (seconds + BURST_SECONDS) * SECOND * perNano);
        System.out.printf(
                "  worst window of any length: %.1f below limit and burst; longest pause %d ms%n",
                -worst, windows.longestGap() / 1_000_000);
        assertThat(worst).isLessThanOrEqualTo(largest);
        assertThat(used).isGreaterThanOrEqualTo(LEAST_USE);
    }

    /** What a call is allowed for its answer: 50 to 549 tokens. */
    private static int answerTokens(String key) {
        return 50 + Math.floorMod(key.hashCode(), 500);
    }

    /** What the fake counts: less than the worker estimates, which must be put right to use the limit up. */
    private static long cost(String key) {
        return 20 + answerTokens(key) * 8L / 10;
    }

    private static ModelServer.Reply counted(String key) {
        Json answer = Json.parse(ModelServer.Reply.ok("answer to " + key).body());
        return new ModelServer.Reply(
                200,
                Map.of(),
                Json.of(Map.of("choices", answer.get("choices"), "usage", Map.of("total_tokens", cost(key))))
                        .toString());
    }

    private static Process start(Path folder, ModelServer server, int which, int requests, int tokens)
            throws Exception {
        return Processes.start(
                RateMain.class, folder, "w" + which, server.baseUrl(), "" + requests, "" + tokens, "" + BURST_SECONDS);
    }

    /** That time passes is what is tested here. */
    private static void pass(double seconds) {
        new CompletableFuture<Void>()
                .completeOnTimeout(null, (long) (seconds * 1_000), TimeUnit.MILLISECONDS)
                .join();
    }

    private static void submit(Path folder, ModelServer server, int calls) throws Exception {
        List<DurableCall<?>> kept = new ArrayList<>();
        try (OpenAI client = OpenAI.create(c -> c.baseURL(server.baseUrl()));
                DurableWorker submitter = DurableWorker.builder()
                        .store(TestStore.in(folder).store())
                        .client(client)
                        .callback("prove", OpenAIChatCompletionsResult.class, (call, result) -> {})
                        .submitsOnly()
                        .open()) {
            for (int i = 0; i < calls; i++) {
                String key = "call-" + i;
                kept.add((DurableCall<?>) client.chat()
                        .completions()
                        .create(
                                List.of(OpenAIMessage.user("Prove " + key)),
                                p -> p.user(key)
                                        .maxCompletionTokens(answerTokens(key))
                                        .on(submitter.call(key, "prove").unconfirmed())));
            }
            for (DurableCall<?> call : kept) call.kept().get(60, TimeUnit.SECONDS);
        }
    }
}
