package dev.aikit.contract;

import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ScriptedServer.Script;
import dev.aikit.testkit.ServerExchange;
import java.io.IOException;

/** What a server of the chat functions sends, in one piece or streamed, as the request asks. */
final class ChatScripts {
    static final String JSON = "content-type: application/json";
    static final String REQUEST_ID = "x-request-id: req-7";

    private ChatScripts() {}

    /** A good answer: {@code texts} put together, or streamed one by one. */
    static Script chat(String... texts) {
        return to -> {
            if (!wantsStream(to)) {
                to.answer(200, completion(String.join("", texts)), JSON, REQUEST_ID);
                return;
            }
            beginStream(to);
            for (String text : texts) to.chunk(piece(text));
            endStream(to);
        };
    }

    static Script status(int status, String body, String... headers) {
        return to -> to.answer(status, body, headers);
    }

    static boolean wantsStream(ServerExchange to) {
        return to.request().text().contains("\"stream\":true");
    }

    static String completion(String text) {
        return Answers.whole(text);
    }

    static ServerExchange beginStream(ServerExchange to) throws IOException {
        return to.head(200, "content-type: text/event-stream", "transfer-encoding: chunked", REQUEST_ID);
    }

    static String piece(String text) {
        return Answers.event(Answers.text(text));
    }

    static ServerExchange endStream(ServerExchange to) throws IOException {
        return to.chunk(Answers.event(Answers.piece("{}", "\"stop\"")))
                .chunk(Answers.done())
                .chunk("");
    }
}
