package dev.aikit.cli.doctor;

import dev.aikit.models.OpenAIModel;
import dev.aikit.models.OpenAIModelListResult;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Examines a server: one probe after the other, each told of as soon as it is done. */
public final class Doctor {
    private static final Pattern FOR_VECTORS = Pattern.compile("(?i).*(embed|minilm|bge-|e5-|gte-).*");
    private static final Pattern FOR_OTHER_THINGS = Pattern.compile(
            "(?i).*(whisper|tts|dall-e|image|moderation|rerank|transcri|realtime|sora|babbage|davinci).*");
    private static final List<String> PREFERRED = List.of("gpt-4o-mini", "aikit-guide");

    private static final List<Probe> OF_THE_MODEL = List.of(
            ChatProbes::stream,
            ChatProbes::usageChunk,
            SkillProbes::tools,
            SkillProbes::schema,
            SkillProbes::jsonObject);

    /** What those are about, and the chat before them. */
    private static final List<String> ABOUT_THE_MODEL =
            List.of("chat", "streaming", "usage of a stream", "tools", "structured output", "JSON output");

    private static final List<Probe> OTHERS = List.of(
            OtherProbes::embeddings,
            OtherProbes::base64,
            OtherProbes::moderations,
            patient -> Finding.open("images", "not asked for: a picture costs money"),
            OtherProbes::files,
            OtherProbes::stored,
            OtherProbes::errors);

    private Doctor() {}

    /** The list of models, which tells whether the server can be reached at all. */
    public static Finding ofModels(OpenAIModelListResult result) {
        if (!result.success()) return Finding.of("models", result);
        List<String> deviations =
                result.json().get("object").asText().equals("list") ? List.of() : List.of("no \"object\": \"list\"");
        return Finding.of("models", result.models().size() + " listed", deviations);
    }

    /** The model to chat with, from those that are listed; null if there is none. */
    public static @Nullable String chatModel(List<OpenAIModel> models) {
        List<String> ids = models.stream().map(OpenAIModel::id).toList();
        for (String preferred : PREFERRED) if (ids.contains(preferred)) return preferred;
        return ids.stream()
                .filter(id -> !FOR_VECTORS.matcher(id).matches()
                        && !FOR_OTHER_THINGS.matcher(id).matches())
                .findFirst()
                .orElse(null);
    }

    /** The model for vectors, from those that are listed; null if there is none. */
    public static @Nullable String embeddingModel(List<OpenAIModel> models) {
        return models.stream()
                .map(OpenAIModel::id)
                .filter(id -> FOR_VECTORS.matcher(id).matches())
                .findFirst()
                .orElse(null);
    }

    /** Makes all probes. */
    public static void examine(Patient patient, Consumer<Finding> listener) throws InterruptedException {
        Finding first = ChatProbes.chat(patient);
        listener.accept(first);
        if (first.about().equals(Finding.MODEL))
            for (String about : ABOUT_THE_MODEL)
                listener.accept(Finding.open(about, "not asked for without the model"));
        else for (Probe probe : OF_THE_MODEL) listener.accept(probe.look(patient));
        for (Probe probe : OTHERS) listener.accept(probe.look(patient));
    }
}
