package dev.aikit.performance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.aikit.OpenAI;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.json.Json;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/**
 * How many bytes the client allocates. Budgets, not times: they say the same on every machine, however busy. Each is what
 * was measured, and a fifth more.
 */
class AllocationTest {
    private static final List<OpenAIMessage> QUESTION = List.of(OpenAIMessage.user("Hello!"));
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final String WHOLE = "{\"id\":\"chatcmpl-9\",\"object\":\"chat.completion\",\"created\":1741569952,"
            + "\"model\":\"gpt-4.1-mini\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"
            + "\"Hello! How can I help you today?\",\"refusal\":null,\"annotations\":[]},\"logprobs\":null,"
            + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":19,\"completion_tokens\":10,"
            + "\"total_tokens\":29,\"prompt_tokens_details\":{\"cached_tokens\":0}},\"service_tier\":\"default\"}";

    /** Starts a call whose callback, on the loop, completes the future. */
    private interface Start extends BiConsumer<OpenAI, CompletableFuture<Void>> {}

    /** Bytes for each call, on the thread that starts it and on the client's own. */
    private static long bytesPerCall(PreparedServer server, int calls, Start start) throws Exception {
        try (OpenAI client = OpenAI.create(c -> c.apiKey("sk-test").baseURL(server.url()))) {
            run(client, calls, start); // until it is compiled, objects are made that are not made later
            long before = allocated();
            run(client, calls, start);
            return (allocated() - before) / calls;
        }
    }

    private static void run(OpenAI client, int calls, Start start) throws Exception {
        for (int i = 0; i < calls; i++) {
            CompletableFuture<Void> ended = new CompletableFuture<>();
            start.accept(client, ended);
            ended.get(60, TimeUnit.SECONDS);
        }
    }

    private static long allocated() {
        long here = Thread.currentThread().getId();
        long sum = 0;
        for (Thread thread : Thread.getAllStackTraces().keySet())
            if (thread.getId() == here || thread.getName().startsWith("aikit-io-"))
                sum += THREADS.getThreadAllocatedBytes(thread.getId());
        return sum;
    }

    @Test
    void aCall() throws Exception {
        try (PreparedServer server = PreparedServer.ofJson(WHOLE)) {
            long bytes = bytesPerCall(
                    server,
                    4000,
                    (client, ended) -> client.chat()
                            .completions()
                            .create(
                                    QUESTION,
                                    p -> p.model("gpt-4.1-mini")
                                            .on(Runnable::run)
                                            .formula(result -> {
                                                assertThat(result.choice().text())
                                                        .hasSize(32);
                                                ended.complete(null);
                                            })));
            assertThat(bytes).isLessThan(10_000);
        }
    }

    @Test
    void aMessageOfALongConversation() throws Exception {
        List<OpenAIMessage> conversation = Collections.nCopies(1000, OpenAIMessage.user("What is new?\n".repeat(10)));
        try (PreparedServer server = PreparedServer.ofJson(WHOLE)) {
            long bytes = bytesPerCall(
                    server,
                    50,
                    (client, ended) -> client.chat()
                            .completions()
                            .create(conversation, p -> p.on(Runnable::run).formula(result -> ended.complete(null))));
            assertThat(bytes / 1000).isLessThan(600);
        }
    }

    @Test
    void aLongTextInJson() {
        String text = "What is new?\nNothing.\n".repeat(100_000);
        long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        byte[] json = Json.of(text).toBytes();
        long bytes = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(json).hasSize(text.length() + 200_000 + 2);
        assertThat(bytes).isLessThan(3L * json.length);
    }

    @Test
    void aPieceOfAStream() throws Exception {
        int pieces = 500;
        StringBuilder stream = new StringBuilder(
                "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n" + "transfer-encoding: chunked\r\n\r\n");
        for (int i = 0; i < pieces; i++) chunk(stream, piece(" word" + i % 90));
        chunk(stream, "data: [DONE]\n\n");
        try (PreparedServer server = new PreparedServer(stream + "0\r\n\r\n")) {
            int[] seen = new int[1];
            long bytes = bytesPerCall(
                    server,
                    100,
                    (client, ended) -> client.chat()
                            .completions()
                            .create(
                                    QUESTION,
                                    p -> p.on(Runnable::run)
                                            .onData(data -> seen[0] +=
                                                    data.choice().delta().text().startsWith(" word") ? 1 : 0)
                                            .formula(result -> ended.complete(null))));
            assertThat(seen[0]).isEqualTo(2 * 100 * pieces);
            assertThat(bytes / pieces).isLessThan(840);
        }
    }

    private static String piece(String text) {
        return "data: {\"id\":\"chatcmpl-9\",\"object\":\"chat.completion.chunk\",\"created\":1741569952,"
                + "\"model\":\"gpt-4.1-mini\",\"service_tier\":\"default\",\"system_fingerprint\":\"fp_44709d6fcb\","
                + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"},\"logprobs\":null,"
                + "\"finish_reason\":null}],\"usage\":null}\n\n";
    }

    private static void chunk(StringBuilder to, String event) {
        to.append(Integer.toHexString(event.length()))
                .append("\r\n")
                .append(event)
                .append("\r\n");
    }

    @Test
    void aVector() throws Exception {
        ByteBuffer numbers = ByteBuffer.allocate(1536 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 1536; i++) numbers.putFloat(i / 1536f);
        String vector = "{\"object\":\"embedding\",\"index\":0,\"embedding\":\""
                + Base64.getEncoder().encodeToString(numbers.array()) + "\"}";
        String all = String.join(",", Collections.nCopies(256, vector));
        String json = "{\"object\":\"list\",\"data\":[" + all + "],\"model\":\"m\",\"usage\":{\"total_tokens\":7}}";
        try (PreparedServer server = PreparedServer.ofJson(json)) {
            long bytes = bytesPerCall(
                    server,
                    50,
                    (client, ended) -> client.embeddings()
                            .create(
                                    List.of("a text"),
                                    "m",
                                    p -> p.on(Runnable::run).formula(result -> {
                                        assertThat(result.vectors()).hasSize(256);
                                        ended.complete(null);
                                    })));
            assertThat(bytes / 256).isLessThan(8_300);
        }
    }
}
