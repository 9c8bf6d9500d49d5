package dev.aikit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.chat.OpenAIChatAPI;
import dev.aikit.chat.OpenAIChatCompletionsAPI;
import dev.aikit.chat.OpenAIChatCompletionsListParameters;
import dev.aikit.chat.OpenAIChatCompletionsMessagesAPI;
import dev.aikit.chat.OpenAIChatCompletionsMessagesParameters;
import dev.aikit.chat.OpenAIChatCompletionsParameters;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIChatCompletionsStreamResult;
import dev.aikit.chat.OpenAIChatHelper;
import dev.aikit.chat.OpenAIChoice;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.chat.OpenAITool;
import dev.aikit.chat.OpenAIVision;
import dev.aikit.chat.OpenAIVisionHelper;
import dev.aikit.embeddings.OpenAIEmbedding;
import dev.aikit.embeddings.OpenAIEmbeddingsAPI;
import dev.aikit.embeddings.OpenAIEmbeddingsParameters;
import dev.aikit.embeddings.OpenAIEmbeddingsResult;
import dev.aikit.images.OpenAIImage;
import dev.aikit.images.OpenAIImageParameters;
import dev.aikit.images.OpenAIImagesAPI;
import dev.aikit.images.OpenAIImagesResult;
import dev.aikit.models.OpenAIModel;
import dev.aikit.models.OpenAIModelListResult;
import dev.aikit.models.OpenAIModelResult;
import dev.aikit.models.OpenAIModelsAPI;
import dev.aikit.moderations.OpenAIModeration;
import dev.aikit.moderations.OpenAIModerationItem;
import dev.aikit.moderations.OpenAIModerationResult;
import dev.aikit.moderations.OpenAIModerationsAPI;
import dev.aikit.testing.SharedData;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every class, property and function of the kit that is built so far has its method here. */
class SurfaceTest {
    private static final Map<String, Class<?>> CLASSES = Stream.of(
                    OpenAI.class,
                    OpenAIParameters.class,
                    OpenAIResult.class,
                    OpenAIError.class,
                    OpenAIProviders.class,
                    OpenAIModelsAPI.class,
                    OpenAIModel.class,
                    OpenAIModelResult.class,
                    OpenAIModelListResult.class,
                    OpenAIChatAPI.class,
                    OpenAIChatHelper.class,
                    OpenAITool.class,
                    OpenAIChatCompletionsListParameters.class,
                    OpenAIChatCompletionsMessagesAPI.class,
                    OpenAIChatCompletionsMessagesParameters.class,
                    OpenAIEmbedding.class,
                    OpenAIEmbeddingsAPI.class,
                    OpenAIEmbeddingsParameters.class,
                    OpenAIEmbeddingsResult.class,
                    OpenAIImage.class,
                    OpenAIImageParameters.class,
                    OpenAIImagesAPI.class,
                    OpenAIImagesResult.class,
                    OpenAIVision.class,
                    OpenAIVisionHelper.class,
                    OpenAIModeration.class,
                    OpenAIModerationItem.class,
                    OpenAIModerationResult.class,
                    OpenAIModerationsAPI.class,
                    OpenAIChatCompletionsAPI.class,
                    OpenAIChatCompletionsParameters.class,
                    OpenAIChatCompletionsResult.class,
                    OpenAIChatCompletionsStreamResult.class,
                    OpenAIMessage.class,
                    OpenAIChoice.class)
            .collect(Collectors.toMap(Class::getSimpleName, type -> type));

    /** What later parts of the kit bring. */
    private static final Set<String> LATER = Set.of("OpenAI.files");

    /** What a client is made from is read off its configuration, which never changes. */
    private static final Map<String, List<Class<?>>> ELSEWHERE = Map.of("OpenAI", List.of(OpenAIConfiguration.class));

    /** Words that Java keeps for itself. */
    private static final Map<String, List<String>> NAMES =
            Map.of("throw", List.of("throwing", "orThrow"), "new", List.of("create", "of"));

    @Test
    void everyRowHasItsMethod() throws Exception {
        List<String[]> rows = SharedData.text("aikit-surface.tsv")
                .lines()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .filter(row -> CLASSES.containsKey(row[0]) && !LATER.contains(row[0] + "." + row[2]))
                .toList();
        assertThat(rows).as("rows of these classes").hasSizeGreaterThan(150);
        List<String> missing = rows.stream()
                .filter(row -> !isThere(row))
                .map(row -> String.join(" ", row))
                .toList();
        assertThat(missing).as("rows of the kit that have nothing here").isEmpty();
    }

    private static boolean isThere(String[] row) {
        Class<?> type = CLASSES.get(row[0]);
        return switch (row[1]) {
            case "class" -> true;
            case "inherits" -> CLASSES.get(row[2]).isAssignableFrom(type);
            case "property", "function" -> names(row[2]).stream().anyMatch(namesIn(type)::contains);
            case "field of usage" -> resolves(OpenAIUsage.class, row[2]);
            case "field of modelAliases" -> resolves(OpenAIModelAlias.class, row[2]);
            case "field of rateLimit" -> resolves(OpenAIRateLimit.class, row[2]);
            default -> throw new AssertionError("a kind of row that this test does not know: " + row[1]);
        };
    }

    private static Set<String> namesIn(Class<?> type) {
        return Stream.concat(Stream.of(type), ELSEWHERE.getOrDefault(type.getSimpleName(), List.of()).stream())
                .flatMap(each -> Arrays.stream(each.getMethods()))
                .map(Method::getName)
                .collect(Collectors.toSet());
    }

    private static List<String> names(String kit) {
        String java =
                Pattern.compile("_(.)").matcher(kit).replaceAll(m -> m.group(1).toUpperCase());
        return NAMES.getOrDefault(kit, List.of(java));
    }

    /** Follows a path such as {@code limit.request}. */
    private static boolean resolves(Class<?> from, String path) {
        Class<?> type = from;
        for (String step : path.split("\\.")) {
            String name = names(step).get(0);
            List<Method> found = Arrays.stream(type.getMethods())
                    .filter(method -> method.getName().equals(name) && method.getParameterCount() == 0)
                    .toList();
            if (found.isEmpty()) return false;
            type = found.get(0).getReturnType();
        }
        return true;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apiKey",
                "baseURL",
                "organization",
                "project",
                "timeout",
                "maxRetries",
                "httpAgent",
                "customHeaders"
            })
    void whatAClientIsMadeFromIsSetAndReadUnderTheSameName(String name) {
        assertThat(OpenAIConfiguration.class.getMethods())
                .filteredOn(method -> method.getName().equals(name))
                .extracting(Method::getParameterCount)
                .containsExactlyInAnyOrder(0, 1);
    }
}
