package dev.aikit.cli.doctor;

import dev.aikit.OpenAIError;
import dev.aikit.OpenAIResult;
import dev.aikit.cli.doctor.Finding.Verdict;
import dev.aikit.embeddings.OpenAIEmbeddingsResult;
import dev.aikit.json.Json;
import dev.aikit.moderations.OpenAIModerationResult;
import dev.aikit.moderations.OpenAIModerationsAPI;
import dev.aikit.moderations.OpenAIModerationsAPI.Input;
import java.util.List;

/** Vectors, moderations, files, what is kept, and how errors look. */
final class OtherProbes {
    private static final String NO_SUCH_MODEL = "aikit-doctor-no-such-model";

    private OtherProbes() {}

    static Finding embeddings(Patient patient) throws InterruptedException {
        return embeddings(patient, "embeddings", "float");
    }

    static Finding base64(Patient patient) throws InterruptedException {
        return embeddings(patient, "base64 embeddings", "base64");
    }

    private static Finding embeddings(Patient patient, String about, String format) throws InterruptedException {
        String model = patient.embeddingModel();
        if (model == null) return Finding.open(about, "no model for them is known: --embedding-model NAME");
        OpenAIEmbeddingsResult result = patient.await(patient.client()
                .embeddings()
                .create("a small red car", model, p -> p.encodingFormat(format).async()));
        if (!result.success()) return Finding.of(about, result);
        boolean asText = result.json().get("data").get(0).get("embedding").isString();
        String size = result.vector().length() + " numbers";
        if (asText == format.equals("base64")) return Finding.of(about, size, List.of());
        return new Finding(about, Verdict.NO, size + ", sent as " + (asText ? "base64" : "plain numbers"));
    }

    static Finding moderations(Patient patient) throws InterruptedException {
        OpenAIModerationResult result = patient.await(patient.client()
                .moderations()
                .create(Input.text("I like your garden."), OpenAIModerationsAPI.DEFAULT_MODEL, p -> p.async()));
        if (!result.success()) return Finding.of("moderations", result);
        int categories = result.moderation().item().categories().size();
        return Finding.of("moderations", categories + " categories", List.of());
    }

    static Finding files(Patient patient) throws InterruptedException {
        return listed(patient, "files", "/files?limit=1");
    }

    static Finding stored(Patient patient) throws InterruptedException {
        return listed(patient, "stored completions", "/chat/completions?limit=1");
    }

    private static Finding listed(Patient patient, String about, String path) throws InterruptedException {
        OpenAIResult result = patient.await(patient.client().call("GET", path, null, Json.class, p -> p.async()));
        if (!result.success()) return Finding.of(about, result);
        return Finding.of(
                about,
                "can be listed",
                result.json().get("data").isArray() ? List.of() : List.of("the list has no \"data\""));
    }

    static Finding errors(Patient patient) throws InterruptedException {
        OpenAIResult result = patient.chat("Hello", 1, p -> p.model(NO_SUCH_MODEL));
        if (result.success())
            return new Finding("errors", Verdict.ODD, "a model that does not exist is answered all the same");
        OpenAIError error = result.errors().get(0);
        boolean usual = error.body().get("error").get("message").isString();
        List<String> deviations = usual ? List.of() : List.of("not in the form {\"error\": {\"message\": …}}");
        if (error.status() == 0) return Finding.of("errors", result);
        return Finding.of("errors", error.status() + " for a model that does not exist", deviations);
    }
}
