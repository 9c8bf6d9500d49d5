package dev.aikit.internal.call;

import dev.aikit.OpenAILimits;
import dev.aikit.OpenAIResponse;
import dev.aikit.internal.TooLarge;
import dev.aikit.internal.http.HttpHead;
import dev.aikit.internal.pieces.Repeated;
import dev.aikit.internal.pieces.Repeats;
import dev.aikit.internal.sse.EventParser;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The answer to one attempt while it comes in: a body that is collected, or events that are handed on. */
final class Answer {
    /** Enough to see what a server sent in place of events. */
    private static final int KEPT_OF_A_STREAM = 16 * 1024;

    private static final String MARK = "[DONE]";

    /** That one hand-over is for: less than what one stream may do before others have their turn. */
    private static final int MOST_AT_ONCE = 32;

    /** Enough to see what a server says of an error. */
    private static final int KEPT_OF_AN_ERROR = 1024 * 1024;

    private final HttpHead head;
    private final boolean success;
    private final Secrets secrets;
    private final OpenAILimits limits;
    private Content body;
    private final @Nullable EventParser events;
    private final Repeats repeats = new Repeats();
    private final OpenAIResponse headOnly;
    private final long expected;
    private final Consumer<Received.Events> listener;
    /** How many are likely to come in the next piece: as many as in the last. */
    private int likely = 1;

    private long fed;
    private byte firstByte;
    private boolean anyEvent;
    private boolean marked;

    Answer(HttpHead head, CallSettings settings, Secrets secrets, Consumer<Received.Events> listener) {
        this.head = head;
        this.success = head.status() >= 200 && head.status() < 300;
        this.secrets = secrets;
        this.limits = settings.limits();
        this.listener = listener;
        this.headOnly = new OpenAIResponse(head, Content.NONE);
        this.expected = settings.stream() ? -1 : Math.min(length(), mostOfBody());
        this.body =
                isSuccess() && settings.content() != null ? settings.content().get() : new Body(expected);
        this.events = settings.stream() && isSuccess() && !isJson() ? new EventParser(limits.maxEventBytes()) : null;
    }

    /** Servers send events under many content types; JSON is the one that says that they did not. */
    private boolean isJson() {
        return head.header("content-type").contains("json");
    }

    /**
     * Those of one piece, which are handed over together: each hand-over to another thread costs as much as a system call.
     * Made for each piece: of thousands of streams that each keep their own, the collector of garbage would look at each
     * again.
     */
    private final class Events implements EventParser.Listener {
        private List<ServerEvent> found = List.of();

        @Override
        public void event(String name, byte[] data, int length, boolean whole) {
            if (marked) return;
            anyEvent = true;
            if (isMark(data, length)) {
                marked = true;
                return;
            }
            Repeated repeated = whole ? repeats.find(name, data, length) : null;
            if (repeated != null) {
                add(ServerEvent.repeating(name, repeated));
                return;
            }
            byte[] kept = Arrays.copyOf(data, length);
            add(new ServerEvent(name, kept, whole, whole ? repeats.next(name, kept) : null, null));
        }

        @Override
        public int known(byte[] bytes, int from, int to) {
            Repeated repeated = marked ? null : repeats.findLine(bytes, from, to);
            if (repeated == null) return -1;
            add(ServerEvent.repeating("", repeated));
            return repeats.end();
        }

        private void add(ServerEvent event) {
            if (found.isEmpty()) found = new ArrayList<>(likely);
            found.add(event);
            if (found.size() == MOST_AT_ONCE) handOver();
        }

        void handOver() {
            if (found.isEmpty()) return;
            List<ServerEvent> all = found;
            found = List.of();
            likely = all.size();
            listener.accept(new Received.Events(all, headOnly));
        }
    }

    /** Whether the data is the mark for the end and nothing else but white space around it. */
    static boolean isMark(byte[] data, int length) {
        return length <= MARK.length() + 8
                && new String(data, 0, length, StandardCharsets.UTF_8).strip().equals(MARK);
    }

    /**
     * Takes in some bytes.
     *
     * @throws TooLarge if that is more than is allowed
     */
    void feed(ByteBuffer bytes) {
        if (!anyEvent) keep(bytes.duplicate());
        if (events == null) return;
        fed += bytes.remaining();
        if (fed > limits.maxStreamBytes())
            throw TooLarge.bytes("the stream", limits.maxStreamBytes(), "maxStreamBytes");
        Events found = new Events();
        try {
            events.feed(bytes, found);
        } finally {
            found.handOver();
        }
    }

    private int mostOfBody() {
        return isSuccess() ? limits.maxBodyBytes() : mostOfAnError();
    }

    private int mostOfAnError() {
        return Math.min(limits.maxBodyBytes(), KEPT_OF_AN_ERROR);
    }

    private void keep(ByteBuffer bytes) {
        long limit = mostOfBody();
        if (events != null && !looksLikeJson(bytes)) limit = KEPT_OF_A_STREAM;
        long room = limit - body.size();
        if (events == null && isSuccess() && bytes.remaining() > room)
            throw TooLarge.bytes("the answer", limit, "maxBodyBytes");
        if (bytes.remaining() > room) bytes.limit(bytes.position() + (int) room);
        if (body.take(bytes)) return;
        body = Body.after(body, expected);
        body.take(bytes);
    }

    /** Whether this is the plain answer of a server that does not stream and does not say what it sends. */
    private boolean looksLikeJson(ByteBuffer bytes) {
        if (body.size() == 0 && bytes.hasRemaining()) firstByte = bytes.get(bytes.position());
        return firstByte == '{' || firstByte == '[';
    }

    /** Nothing more comes. */
    void end() {
        if (events == null) return;
        Events found = new Events();
        try {
            events.end(found);
        } finally {
            found.handOver();
        }
    }

    /** Whether the rest, the end of a very long error, is not worth the wait. */
    boolean isEnough() {
        return !isSuccess() && body.size() >= mostOfAnError();
    }

    /** How long the body is to be; -1 if the head does not say. */
    long length() {
        try {
            return Long.parseLong(head.header("content-length"));
        } catch (NumberFormatException notSaid) {
            return -1;
        }
    }

    HttpHead head() {
        return head;
    }

    boolean isSuccess() {
        return success;
    }

    /** Whether the body is one of events: it should be, and nothing shows that it is something else. */
    boolean streamed() {
        return events != null && (anyEvent || !response().json().isPresent());
    }

    /** Whether the mark for the end of a stream has come. */
    boolean marked() {
        return marked;
    }

    /** The body of a success, itself and not a copy. */
    Content body() {
        return anyEvent || !isSuccess() ? Content.NONE : body;
    }

    /** What has come, if nothing more is taken. */
    OpenAIResponse response() {
        if (anyEvent) return headOnly;
        body.end();
        return new OpenAIResponse(head, isSuccess() ? body : Content.of(secrets.removedFrom(body.bytes())));
    }
}
