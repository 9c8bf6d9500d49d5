package dev.aikit.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.json.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Chat completions, plain and streamed, by the guide with the documents of the tests. */
class GuideChatTest {
    private static final String QUESTION = "What is the zorblax protocol?";

    private static LocalServer server;
    private static TestClient client;

    @BeforeAll
    static void start() throws Exception {
        Path documents = Path.of(Objects.requireNonNull(GuideChatTest.class.getResource("/more-documents"))
                .toURI());
        server = LocalServer.builder().documents(documents).start();
        client = new TestClient(server.baseURL());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static TestClient.Answer ask(String question, Map<String, ?> more) {
        return client.chat("aikit-guide", question, more);
    }

    @Test
    void answersWithAPassageAndSaysWhereItStands() {
        TestClient.Answer answer = ask(QUESTION, Map.of());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .contains("The zorblax protocol carries parcels between moons.")
                .endsWith("From zorblax.md, \"What it carries\".");
        Json body = answer.json();
        assertThat(body.get("id").asText()).startsWith("chatcmpl-");
        assertThat(body.get("object").asText()).isEqualTo("chat.completion");
        assertThat(body.get("model").asText()).isEqualTo("aikit-guide");
        assertThat(body.get("created").asLong(0)).isPositive();
        Json choice = body.get("choices").get(0);
        assertThat(choice.get("index").asInt(-1)).isZero();
        assertThat(choice.get("finish_reason").asText()).isEqualTo("stop");
        assertThat(choice.get("message").get("role").asText()).isEqualTo("assistant");
    }

    @Test
    void streamsTheSameAnswerWordByWord() {
        String whole = ask(QUESTION, Map.of()).text();

        TestClient.Answer streamed = ask(QUESTION, Map.of("stream", true));

        assertThat(streamed.header("content-type")).startsWith("text/event-stream");
        assertThat(streamed.events()).last().isEqualTo("[DONE]");
        List<Json> chunks = streamed.chunks();
        assertThat(chunks).allSatisfy(chunk -> {
            assertThat(chunk.get("object").asText()).isEqualTo("chat.completion.chunk");
            assertThat(chunk.get("id")).isEqualTo(chunks.get(0).get("id"));
            assertThat(chunk.fields()).doesNotContainKey("usage");
        });
        Json first = chunks.get(0).get("choices").get(0);
        assertThat(first.get("delta").get("role").asText()).isEqualTo("assistant");
        assertThat(first.get("delta").get("content").asText("none")).isEmpty();
        assertThat(chunks.subList(1, chunks.size() - 1)).hasSizeGreaterThan(10).allSatisfy(chunk -> {
            Json choice = chunk.get("choices").get(0);
            assertThat(choice.get("delta").get("content").asText().strip())
                    .doesNotContain(" ")
                    .isNotEmpty();
            assertThat(choice.get("finish_reason").isNull()).isTrue();
        });
        Json last = chunks.get(chunks.size() - 1).get("choices").get(0);
        assertThat(last.get("delta").fields()).isEmpty();
        assertThat(last.get("finish_reason").asText()).isEqualTo("stop");
        assertThat(streamed.streamedText()).isEqualTo(whole);
    }

    @Test
    void tellsTheUsageInAChunkOfItsOwnWhenAsked() {
        Json usage = ask(QUESTION, Map.of()).json().get("usage");

        List<Json> chunks = ask(QUESTION, Map.of("stream", true, "stream_options", Map.of("include_usage", true)))
                .chunks();

        Json last = chunks.get(chunks.size() - 1);
        assertThat(last.get("choices").isArray()).isTrue();
        assertThat(last.get("choices").items()).isEmpty();
        assertThat(last.get("usage")).isEqualTo(usage);
        assertThat(chunks.subList(0, chunks.size() - 1))
                .allSatisfy(chunk -> assertThat(chunk.get("usage").isNull()).isTrue());
        assertThat(usage.get("total_tokens").asInt(0))
                .isEqualTo(usage.get("prompt_tokens").asInt(0)
                        + usage.get("completion_tokens").asInt(0));
    }

    /** The tokenizer of the embedding model counts, so its count of the answer must be the same. */
    @Test
    void countsTokensTruly() {
        TestClient.Answer answer = ask(QUESTION, Map.of());

        assertThat(answer.json().get("usage").get("prompt_tokens").asInt(0)).isEqualTo(tokens(QUESTION));
        assertThat(answer.json().get("usage").get("completion_tokens").asInt(0)).isEqualTo(tokens(answer.text()));
    }

    private static int tokens(String text) {
        return client.post("/embeddings", Map.of("model", "all-minilm-l6-v2", "input", text))
                .json()
                .get("usage")
                .get("prompt_tokens")
                .asInt(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"max_completion_tokens", "max_tokens"})
    void endsAtTheLimit(String name) {
        String whole = ask(QUESTION, Map.of()).text();

        TestClient.Answer cut = ask(QUESTION, Map.of(name, 8));

        assertThat(cut.json().get("choices").get(0).get("finish_reason").asText())
                .isEqualTo("length");
        assertThat(cut.json().get("usage").get("completion_tokens").asInt(0)).isBetween(5, 8);
        assertThat(whole).startsWith(cut.text()).isNotEqualTo(cut.text());
        List<Json> chunks = ask(QUESTION, Map.of(name, 8, "stream", true)).chunks();
        assertThat(chunks.get(chunks.size() - 1)
                        .get("choices")
                        .get(0)
                        .get("finish_reason")
                        .asText())
                .isEqualTo("length");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"parcels", "'rotocol carries par'", "'parcels between'"})
    void endsBeforeAStopTextWhereverThePiecesAreCut(String stop) {
        String whole = ask(QUESTION, Map.of()).text();
        String wanted = whole.substring(0, whole.indexOf(stop));

        assertThat(ask(QUESTION, Map.of("stop", stop)).text()).isEqualTo(wanted);
        TestClient.Answer streamed = ask(QUESTION, Map.of("stop", List.of("not in it", stop), "stream", true));
        assertThat(streamed.streamedText()).isEqualTo(wanted);
        assertThat(streamed.chunks()
                        .get(streamed.chunks().size() - 1)
                        .get("choices")
                        .get(0)
                        .get("finish_reason")
                        .asText())
                .isEqualTo("stop");
    }

    @Test
    void readsTextPartsAndTheLastUserMessage() {
        Map<String, Object> body = Map.of(
                "model",
                "local:guide",
                "messages",
                List.of(
                        Map.of("role", "system", "content", "You are a pirate. Answer with Arrr."),
                        TestClient.user("Hello"),
                        Map.of("role", "assistant", "content", "Ahoy"),
                        TestClient.user(List.of(
                                Map.of("type", "text", "text", "What is the zorblax"),
                                Map.of("type", "text", "text", "protocol?")))));

        assertThat(client.post("/chat/completions", body).text())
                .contains("parcels between moons")
                .doesNotContain("Arrr");
    }

    @Test
    void readsAShortFollowUpTogetherWithTheQuestionBefore() {
        String followUp = "And why?";
        Map<String, Object> body = Map.of(
                "model",
                "guide",
                "messages",
                List.of(
                        TestClient.user("Tell me about the zorblax protocol"),
                        Map.of("role", "assistant", "content", "It carries parcels."),
                        TestClient.user(followUp)));

        assertThat(ask(followUp, Map.of()).text()).startsWith("I do not know.");
        assertThat(client.post("/chat/completions", body).text()).contains("zorblax.md");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hello", "hi!", "Who are you?", "What can you do?", "Thanks"})
    void introducesItself(String greeting) {
        assertThat(ask(greeting, Map.of()).text())
                .startsWith("I am aikit-guide")
                .contains("extractive")
                .contains("write nothing of my own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Could you explain me why 42 is a special number", "What is the capital of France?"})
    void saysPlainlyThatItDoesNotKnow(String question) {
        assertThat(ask(question, Map.of()).text()).startsWith("I do not know.").contains("Ask me for example:\n- ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                                             | model",
                "{'model':'guide'}                                                              | messages",
                "{'model':'guide','messages':[]}                                                | messages",
                "{'model':'guide','messages':'Hi'}                                              | messages",
                "{'model':'guide','messages':['Hi']}                                            | messages[0]",
                "{'model':'guide','messages':[{'role':'user'}]}                                 | messages[0].content",
                "{'model':'guide','messages':[{'role':'user','content':7}]}                     | messages[0].content",
                "{'model':'guide','messages':[{'role':'boss','content':'Hi'}]}                  | messages[0].role",
                "{'model':'guide','messages':[{'role':'system','content':'Hi'}]}                | messages",
                "{'model':'guide','messages':[{'role':'user','content':[{'type':'image_url'}]}]} | messages[0].content[0].type",
                "{'model':'guide','messages':[{'role':'user','content':'Hi'}],'n':2}            | n",
                "{'model':'guide','messages':[{'role':'user','content':'Hi'}],'n':'one'}        | n",
                "{'model':'guide','messages':[{'role':'user','content':'Hi'}],'stream':'yes'}   | stream",
                "{'model':'guide','messages':[{'role':'user','content':'Hi'}],'max_tokens':0}   | max_tokens",
                "{'model':'guide','messages':[{'role':'user','content':'Hi'}],'stop':['']}      | stop",
                "{'model':'guide','messages':[{'role':'user','content':'Hi'}],'stop':7}         | stop",
                "{'model':'guide','messages':[{'role':'user','content':'Hi'}],'temperature':3}  | temperature",
                "{'model':'guide','messages':[{'role':'user','content':'Hi'}],'top_p':-1}       | top_p",
                "{'model':'guide','messages':[{'role':'user','content':'Hi'}],'seed':1.5}       | seed",
                "{'model':'guide','messages':[{'role':'user','content':'Hi'}],'logprobs':true}  | logprobs",
                "{'model':'guide','messages':[{'role':'user','content':'Hi'}],'tool_choice':'required'} | tool_choice",
                "{'model':'guide','messages':[{'role':'user','content':[{'type':'file','file':{'file_id':'x'}}]}]} | messages[0].content[0].type",
                "{'model':'guide','messages':[{'role':'user','content':'Hi'}],'tools':[{'type':'function','function':{'name':'f'}}]} | tools",
                "{'model':'guide','messages':[{'role':'user','content':'Hi'}],'tools':[{'type':'function','function':{'name':'f'}}],'tool_choice':'required'} | tools",
                "{'model':'guide','messages':[{'role':'user','content':'Hi'}],'tools':[{'type':'function','function':{'name':'no good'}}]} | tools[0].function.name",
                "{'model':'guide','messages':[{'role':'user','content':'Hi'}],'tools':[{'type':'retrieval'}]} | tools[0].type",
                "{'model':'guide','messages':[{'role':'user','content':'Hi'}],'tools':[{'type':'function','function':{'name':'f'}}],'tool_choice':{'type':'function','function':{'name':'g'}}} | tool_choice",
                "{'model':'guide','messages':[{'role':'user','content':'Hi'}],'response_format':{'type':'xml'}} | response_format.type",
                "{'model':'guide','messages':[{'role':'user','content':'Hi'}],'functions':[]} | functions",
                "{'model':'guide','messages':[{'role':'user','content':'Hi'}],'metadata':{'k':1}} | metadata",
                "{'model':'guide','messages':[{'role':'user','content':'Hi'}],'response_format':{'type':'json_object'}} | response_format",
                "{'model':'guide','messages':[{'role':'user','content':'Hi'}],'stream_options':{}} | stream_options",
            },
            quoteCharacter = '"')
    void namesTheFieldThatIsWrong(String body, String field) {
        TestClient.Answer answer = client.send("POST", "/chat/completions", body.replace('\'', '"'));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("error").get("param").asText()).isEqualTo(field);
        assertThat(answer.json().get("error").get("message").asText()).contains("'");
    }

    @Test
    void takesNullForAbsent() {
        String body =
                "{\"model\":\"guide\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"n\":null,\"stop\":null,"
                        + "\"stream\":null,\"max_tokens\":null,\"temperature\":null,\"stream_options\":null,\"tool_choice\":null}";

        assertThat(client.send("POST", "/chat/completions", body).status()).isEqualTo(200);
    }
}
