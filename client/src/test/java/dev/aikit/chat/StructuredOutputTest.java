package dev.aikit.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.OpenAIError.Kind;
import dev.aikit.OpenAIException;
import dev.aikit.json.Json;
import dev.aikit.json.JsonException;
import dev.aikit.testing.KeyedServerTest;
import dev.aikit.testing.Way;
import dev.aikit.testing.Way.Seen;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ChatScripts;
import dev.aikit.testkit.ScriptedServer.Script;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer that has to fit a type is looked at when it ends. No schema is sent here: that is a module of its own. */
class StructuredOutputTest extends KeyedServerTest {
    record Recipe(String name, List<Step> steps, Optional<Integer> persons) {}

    record Step(String text, int minutes) {}

    private static final String PANCAKES =
            "{\"name\":\"Pancakes\",\"steps\":[{\"text\":\"Mix.\",\"minutes\":5}],\"persons\":2}";
    private static final String USAGE =
            "{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4,\"total_tokens\":7}}";

    private Seen ask(Way way) throws Exception {
        return way.chat(client, Way.QUESTION, p -> p.responseFormat("json_object", Recipe.class));
    }

    /** An answer in one piece or streamed, with the usage behind it. */
    @SuppressWarnings("unchecked")
    private static Script answers(Way way, String delta, String finishReason) {
        if (way.streams())
            return to -> to.answer(
                    200,
                    Answers.event(Answers.piece(delta, "null"))
                            + Answers.event(Answers.piece("{}", "\"" + finishReason + "\""))
                            + Answers.event(USAGE)
                            + Answers.done(),
                    "content-type: text/event-stream");
        Json whole = Json.parse(Answers.whole((Map<String, ?>) Json.parse(delta).toJava(), finishReason));
        return to -> to.answer(
                200, whole.with("usage", Json.parse(USAGE).get("usage")).toString());
    }

    private static String content(String text) {
        return Json.of(Map.of("content", text)).toString();
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatFitsIsReadAsItsType(Way way) throws Exception {
        server.then(way.answer(PANCAKES.substring(0, 20), PANCAKES.substring(20)));

        Seen seen = ask(way);

        assertThat(seen.result().errors()).isEmpty();
        Recipe expected = new Recipe("Pancakes", List.of(new Step("Mix.", 5)), Optional.of(2));
        assertThat(seen.result().as(Recipe.class)).isEqualTo(expected);
        assertThat(seen.result().choice().as(Recipe.class)).isEqualTo(expected);
        assertThat(Json.parse(server.takeRequest().text()).get("response_format"))
                .hasToString("{\"type\":\"json_object\"}");
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalIsAFailureThatSaysWhy(Way way) throws Exception {
        server.then(answers(way, "{\"content\":null,\"refusal\":\"I do not cook.\"}", "stop"));

        Seen seen = ask(way);

        assertThat(seen.error().kind()).isEqualTo(Kind.REFUSED);
        assertThat(seen.error().errCode()).isEqualTo(1402);
        assertThat(seen.error().message()).contains("I do not cook.");
        assertThat(seen.result().choice().message().refusal()).isEqualTo("I do not cook.");
        assertThat(seen.result().usage().totalTokens()).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatReachedALimitIsAFailureThatKeepsIt(Way way) throws Exception {
        server.then(answers(way, content("{\"name\":\"Pan"), "length"));

        Seen seen = ask(way);

        assertThat(seen.error().kind()).isEqualTo(Kind.LENGTH);
        assertThat(seen.text()).isEqualTo("{\"name\":\"Pan");
        assertThat(seen.result().usage().totalTokens()).isEqualTo(7);
        assertThat(seen.error().response()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatWasFilteredIsAFailure(Way way) throws Exception {
        server.then(answers(way, content(PANCAKES), "content_filter"));
        assertThat(ask(way).error().kind()).isEqualTo(Kind.CONTENT_FILTER);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoJsonIsAFailureThatKeepsTheText(Way way) throws Exception {
        server.then(answers(way, content("Sure! Here it is."), "stop"));

        Seen seen = ask(way);

        assertThat(seen.error().kind()).isEqualTo(Kind.MISFIT);
        assertThat(seen.error().message()).startsWith("the answer is no Recipe: not JSON");
        assertThat(seen.error().cause()).isInstanceOf(JsonException.class);
        assertThat(seen.text()).isEqualTo("Sure! Here it is.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"x\",\"steps\":[{\"text\":\"Mix.\",\"minutes\":\"soon\"}]} | steps[0].minutes: int expected, not \"soon\"",
                "{\"name\":\"x\",\"steps\":[{\"text\":\"Mix.\"}]} | steps[0].minutes: int expected, but it is missing",
                "{\"name\":\"x\",\"steps\":[null]} | steps[0]: Step expected, but it is missing",
                "{\"name\":null,\"steps\":[]} | name: String expected, but it is missing",
                "{\"steps\":[]} | name: String expected, but it is missing",
                "{\"name\":\"x\",\"steps\":{}} | steps: List expected, not {}",
                "[1] | Recipe: Recipe expected, not [1]",
                "null | Recipe: Recipe expected, but it is missing",
                "'' | JSON expected, but there is nothing",
                "{\"name\":\"x\",\"steps\":[]} {} | more follows it",
            })
    void whatDoesNotFitNamesThePlace(String text, String expected) throws Exception {
        server.then(answers(Way.ASYNCHRONOUS, content(text), "stop"));
        Seen seen = ask(Way.ASYNCHRONOUS);
        assertThat(seen.error().kind()).isEqualTo(Kind.MISFIT);
        assertThat(seen.error().message()).contains(expected);
        assertThat(seen.callbacks()).startsWith("onError");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "```json\n%s\n```",
                "```\n%s```",
                " \n %s\n",
                "\n```JSON\n%s\n``` \n",
                "``` %s ```",
                "```json %s```",
                "```%s\n```"
            })
    void aFenceAndSpaceAroundTheJsonDoNoHarm(String form) throws Exception {
        server.then(Way.WAITING.answer(form.formatted(PANCAKES)));
        assertThat(ask(Way.WAITING).result().as(Recipe.class).name()).isEqualTo("Pancakes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"```", "``````", "```json\n```", "Sure: ```json\n%s\n```", "```json\n%s"})
    void aFenceThatIsNotWholeIsNoJson(String form) throws Exception {
        server.then(Way.WAITING.answer(form.formatted(PANCAKES)));
        assertThat(ask(Way.WAITING).error().kind()).isEqualTo(Kind.MISFIT);
    }

    @ParameterizedTest
    @EnumSource(names = {"STREAMING", "STREAMING_WAITING"})
    void aStreamThatIsCutIsReportedAsThat(Way way) throws Exception {
        server.then(to -> to.answer(200, Answers.unfinished("{\"name\":"), "content-type: text/event-stream"));
        Seen seen = ask(way);
        assertThat(seen.error().kind()).isEqualTo(Kind.TRUNCATED);
        assertThat(seen.text()).isEqualTo("{\"name\":");
    }

    @Test
    void aTypeThatNoJsonCanBeReadAsIsRefusedBeforeTheServerIsAsked() {
        assertThatThrownBy(() -> OpenAIChatCompletionsParameters.create().responseFormat("json_object", Runnable.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Runnable");
    }

    @Test
    void eachOfSeveralAnswersHasToFit() throws Exception {
        Json good = Json.parse(Answers.whole(PANCAKES)).get("choices").get(0);
        Json bad = Json.parse(Answers.whole("{}")).get("choices").get(0).with("index", 1);
        server.then(to ->
                to.answer(200, Json.of(Map.of("choices", List.of(good, bad))).toString()));
        assertThat(ask(Way.WAITING).error().kind()).isEqualTo(Kind.MISFIT);
    }

    @Test
    void anAnswerWithoutAChoiceDoesNotFit() throws Exception {
        server.then(to -> to.answer(200, "{\"choices\":[]}"));
        assertThat(ask(Way.WAITING).error().kind()).isEqualTo(Kind.MISFIT);
    }

    @Test
    void aCallOfAToolIsNotYetAnAnswer() throws Exception {
        server.then(ChatScripts.asks("c1", "now", "{}"));
        Seen seen = ask(Way.WAITING);
        assertThat(seen.result().errors()).isEmpty();
        assertThatThrownBy(() -> seen.result().as(Recipe.class))
                .isInstanceOf(OpenAIException.class)
                .hasMessageContaining("MISFIT");
    }

    @ParameterizedTest
    @EnumSource
    void aHelperLooksAtTheLastAnswerOnly(Way way) throws Exception {
        server.then(ChatScripts.asks("c1", "now", "{}"))
                .then(ChatScripts.says(PANCAKES.substring(0, 9), PANCAKES.substring(9)))
                .then(ChatScripts.says("No."));
        OpenAIChatHelper<?> helper = way.streams()
                ? client.chat().create("Cook.", p -> p.stream(true).async().responseFormat("json_object", Recipe.class))
                : client.chat().create("Cook.", p -> p.async().responseFormat("json_object", Recipe.class));
        helper.registerTool(OpenAITool.of("now", "The time.", Map.of("type", "object"), a -> "noon"));

        OpenAIChatCompletionsResult fits = ended(helper.prompt("Pancakes?"));
        assertThat(fits.as(Recipe.class).name()).isEqualTo("Pancakes");
        int before = helper.messages().size();
        OpenAIChatCompletionsResult misfit = ended(helper.prompt("And now?"));

        assertThat(misfit.errors()).singleElement().matches(error -> error.kind() == Kind.MISFIT);
        assertThat(misfit.choice().text()).isEqualTo("No.");
        assertThat(helper.messages()).hasSize(before);
        assertThat(helper.lastErrors()).isEqualTo(misfit.errors());
    }

    @SuppressWarnings("unchecked")
    private static OpenAIChatCompletionsResult ended(Object call) throws InterruptedException {
        return Way.ended((dev.aikit.OpenAICall<OpenAIChatCompletionsResult>) call);
    }

    @Test
    void aCallThatWaitsMayThrow() {
        server.then(Way.WAITING.answer("{}"));
        assertThatThrownBy(() -> client.chat()
                        .completions()
                        .create(
                                Way.QUESTION,
                                p -> p.responseFormat("json_object", Recipe.class)
                                        .throwing(true)))
                .isInstanceOf(OpenAIException.class)
                .hasMessageContaining("MISFIT");
    }

    @Test
    void anotherFormOfTheAnswerTakesTheTypeAway() throws Exception {
        server.then(Way.WAITING.answer("{}"));
        Seen seen = Way.WAITING.chat(
                client,
                Way.QUESTION,
                p -> p.responseFormat("json_object", Recipe.class).responseFormat("json_object"));
        assertThat(seen.result().errors()).isEmpty();
        assertThatThrownBy(() -> seen.result().as(Recipe.class))
                .isInstanceOf(OpenAIException.class)
                .hasMessageContaining("name: String expected, but it is missing");
    }

    @Test
    void aCallThatFailedIsNotRead() throws Exception {
        server.then(to -> to.answer(400, "{\"error\":{\"message\":\"too long\"}}"));
        Seen seen = ask(Way.WAITING);
        assertThat(seen.error().kind()).isEqualTo(Kind.HTTP);
        assertThatThrownBy(() -> seen.result().as(Recipe.class))
                .isInstanceOf(OpenAIException.class)
                .hasMessageContaining("too long");
    }

    @Test
    void withoutTheArtifactForSchemasTheErrorNamesIt() {
        assertThatThrownBy(() -> OpenAIChatCompletionsParameters.create().responseFormat(Recipe.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("dev.aikit:aikit-schema");
        assertThatThrownBy(() -> OpenAITool.of("cook", "Cooks.", Recipe.class, r -> r.name()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("dev.aikit:aikit-schema");
    }
}
