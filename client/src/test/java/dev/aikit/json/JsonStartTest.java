package dev.aikit.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.testing.LoadedClasses;
import dev.aikit.testkit.ScriptedServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a JVM loads to read and write JSON. */
class JsonStartTest {
    @TempDir
    Path directory;

    /** The program of the JVM that is watched. */
    static final class OneChat {
        public static void main(String[] address) {
            try (OpenAI client = OpenAI.create(c -> c.apiKey("sk-test").baseURL(address[0]))) {
                String text = client.chat()
                        .completions()
                        .create(List.of(OpenAIMessage.user("Hello!")), p -> p.model("m"))
                        .choice()
                        .text();
                if (!text.equals("Hi!\n")) throw new AssertionError(text);
            }
        }
    }

    @Test
    void anOrdinaryAnswerIsReadWithoutLoadingJackson() throws Exception {
        try (ScriptedServer server = ScriptedServer.start()) {
            server.then(to -> to.answer(200, "{\"choices\":[{\"message\":{\"content\":\"Hi!\\n\"}}]}"));

            List<String> classes = LoadedClasses.of(OneChat.class, directory, server.baseURL());

            assertThat(classes).anyMatch(line -> line.contains("dev.aikit.json.JsonReading"));
            assertThat(classes)
                    .filteredOn(line -> line.contains("com.fasterxml"))
                    .isEmpty();
        }
    }
}
