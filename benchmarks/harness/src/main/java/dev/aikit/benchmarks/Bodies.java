package dev.aikit.benchmarks;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;

/** What the server answers, made before it is asked. The shapes and sizes are those of OpenAI's own answers. */
final class Bodies {
    static final int INPUTS = 256;
    static final int DIMENSIONS = 1536;
    /** The text of a chunk, where it is not a time. */
    static final String PIECE = " forty";
    /** Digits of a time in a chunk. */
    static final int STAMP = 19;
    /** How long the text of an ordinary answer is. */
    static final int ORDINARY = 130;

    private static final String HEAD = "HTTP/1.1 200 OK\r\nDate: Sun, 22 Nov 2026 12:00:00 GMT\r\n"
            + "openai-organization: org-abcdef\r\nopenai-processing-ms: 12\r\nopenai-version: 2020-10-01\r\n"
            + "x-ratelimit-limit-requests: 10000\r\nx-ratelimit-remaining-requests: 9999\r\n"
            + "x-request-id: req_0123456789abcdef0123456789abcdef\r\n";
    private static final String CHUNK = "data: {\"id\":\"chatcmpl-9abcdefghijklmnopqrstuvwxyz01\","
            + "\"object\":\"chat.completion.chunk\",\"created\":1741569952,\"model\":\"gpt-4.1-mini-2025-04-14\","
            + "\"service_tier\":\"default\",\"system_fingerprint\":\"fp_44709d6fcb\",\"choices\":[{\"index\":0,"
            + "\"delta\":{%s},\"logprobs\":null,\"finish_reason\":%s}],\"usage\":null,\"obfuscation\":\"abcdef\"}\n\n";
    /** The server's last words on a stream: the piece that ends the message, the end of events, the end of the body. */
    private static final String END =
            framed(CHUNK.formatted("", "\"stop\"")) + framed("data: [DONE]\n\n") + "0\r\n\r\n";

    private Bodies() {}

    /** A chat completion whose text has that many characters. */
    static byte[] completion(int characters) {
        byte[] before = ascii("{\"id\":\"chatcmpl-9abcdefghijklmnopqrstuvwxyz01\",\"object\":\"chat.completion\","
                + "\"created\":1741569952,\"model\":\"gpt-4.1-mini-2025-04-14\",\"choices\":[{\"index\":0,"
                + "\"message\":{\"role\":\"assistant\",\"content\":\"");
        byte[] after = ascii("\",\"refusal\":null,\"annotations\":[]},\"logprobs\":null,\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":19,\"completion_tokens\":10,\"total_tokens\":29,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0},"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":0,"
                + "\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}},"
                + "\"service_tier\":\"default\",\"system_fingerprint\":\"fp_44709d6fcb\"}");
        byte[] words = ascii("Forty-two is the answer. ");
        byte[] all = new byte[before.length + characters + after.length];
        System.arraycopy(before, 0, all, 0, before.length);
        for (int i = 0; i < characters; i++) all[before.length + i] = words[i % words.length];
        System.arraycopy(after, 0, all, before.length + characters, after.length);
        return all;
    }

    /** The vectors of {@link #INPUTS} texts, as base64 or as numbers. */
    static byte[] embeddings(boolean base64) {
        Random random = new Random(42);
        StringBuilder all = new StringBuilder("{\"object\":\"list\",\"data\":[");
        for (int i = 0; i < INPUTS; i++) {
            all.append(i == 0 ? "" : ",")
                    .append("{\"object\":\"embedding\",\"index\":")
                    .append(i);
            all.append(",\"embedding\":");
            ByteBuffer bytes = ByteBuffer.allocate(DIMENSIONS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            StringBuilder numbers = new StringBuilder("[");
            for (int k = 0; k < DIMENSIONS; k++) {
                float number = k == 0 ? i : (random.nextFloat() - 0.5f) / 10;
                bytes.putFloat(number);
                numbers.append(k == 0 ? "" : ",").append(number);
            }
            if (base64)
                all.append('"')
                        .append(Base64.getEncoder().encodeToString(bytes.array()))
                        .append('"');
            else all.append(numbers).append(']');
            all.append('}');
        }
        all.append("],\"model\":\"text-embedding-3-small\",\"usage\":{\"prompt_tokens\":2048,\"total_tokens\":2048}}");
        return ascii(all.toString());
    }

    /** An answer of HTTP with that body. */
    static ByteBuffer answer(byte[] body) {
        String head = HEAD + "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n";
        return direct(ascii(head), body);
    }

    static ByteBuffer streamHead() {
        return direct(
                ascii(HEAD + "Content-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"));
    }

    static ByteBuffer chunk(String text) {
        return direct(ascii(framedChunk(text)));
    }

    static ByteBuffer streamEnd() {
        return direct(ascii(END));
    }

    /** A whole stream: head, that many chunks, end. */
    static ByteBuffer stream(int chunks) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] one = ascii(framedChunk(PIECE));
        for (int i = 0; i < chunks; i++) all.writeBytes(one);
        ByteBuffer head = streamHead();
        byte[] headBytes = new byte[head.remaining()];
        head.get(headBytes);
        return direct(headBytes, all.toByteArray(), ascii(END));
    }

    private static String framedChunk(String text) {
        return framed(CHUNK.formatted("\"content\":\"" + text + "\"", "null"));
    }

    private static String framed(String event) {
        return Integer.toHexString(event.length()) + "\r\n" + event + "\r\n";
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static ByteBuffer direct(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) length += part.length;
        ByteBuffer all = ByteBuffer.allocateDirect(length);
        for (byte[] part : parts) all.put(part);
        return all.flip();
    }
}
