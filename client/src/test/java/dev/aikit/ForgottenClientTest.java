package dev.aikit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.files.OpenAIFileListResult;
import dev.aikit.testing.Events;
import dev.aikit.testkit.ScriptedServer;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that nobody keeps is closed once it is garbage: not while a page of it may be asked for the next. */
class ForgottenClientTest {
    private static final String PAGE = "{\"data\":[{\"id\":\"a\"}],\"last_id\":\"a\",\"has_more\":true}";

    private final ScriptedServer server = ScriptedServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    private OpenAI client() {
        return OpenAI.create(c -> c.apiKey("k").baseURL(server.uri("/v1").toString()));
    }

    @Test
    void itsPagesKeepIt() {
        server.otherwise(to -> to.answer(200, PAGE));
        OpenAIFileListResult page = client().files().list();
        WeakReference<Object> sign = new WeakReference<>(new Object());
        Events.untilCollected(() -> sign.get() == null, "a collection");
        Events.untilCollected(() -> true, "and one more, for who hears of it");

        assertThat(page.nextPage().orElseThrow().errors()).isEmpty();
    }
}
