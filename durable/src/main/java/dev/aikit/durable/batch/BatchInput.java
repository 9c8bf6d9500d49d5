package dev.aikit.durable.batch;

import dev.aikit.internal.Checks;
import dev.aikit.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the requests of a batch come from: a file of requests, or of rows that a template is filled with. Immutable. The file
 * is read more than once: it must stay as it is until the batch has ended.
 */
public final class BatchInput {
    /** Of the endpoints that OpenAI has for batches, those that take JSON. */
    static final List<String> URLS = List.of(
            "/v1/chat/completions",
            "/v1/embeddings",
            "/v1/completions",
            "/v1/responses",
            "/v1/moderations",
            "/v1/images/generations");

    private final Path file;
    private final @Nullable String template;
    private final String url;
    private final @Nullable String model;
    private final @Nullable String idColumn;

    private BatchInput(
            Path file, @Nullable String template, String url, @Nullable String model, @Nullable String idColumn) {
        this.file = file;
        this.template = template;
        this.url = url;
        this.model = model;
        this.idColumn = idColumn;
    }

    /** JSON lines in the format of OpenAI's Batch API: {@code custom_id}, {@code method}, {@code url}, {@code body}. */
    public static BatchInput requests(Path file) {
        return new BatchInput(file.toAbsolutePath().normalize(), null, URLS.get(0), null, null);
    }

    /**
     * A template, filled with each row of a file: CSV with a line of names if the file's name ends in {@code .csv}, else JSON
     * objects, one a line.
     *
     * @param template with places such as {@code {{name}}}; a JSON object is a whole body, any other text what a user says
     */
    public static BatchInput rows(Path file, String template) {
        Template.of(Checks.text("template", template));
        return new BatchInput(file.toAbsolutePath().normalize(), template, URLS.get(0), null, null);
    }

    /** The model for all requests, in place of what they name themselves. Needed where a template is no whole body. */
    public BatchInput model(String name) {
        return new BatchInput(file, template, url, Checks.text("model", name), idColumn);
    }

    /** Where filled templates are sent; "/v1/chat/completions" by default. Lines of requests say it themselves. */
    public BatchInput url(String endpoint) {
        if (!URLS.contains(endpoint))
            throw new IllegalArgumentException("url: one of " + URLS + " expected, not " + endpoint);
        return new BatchInput(file, template, endpoint, model, idColumn);
    }

    /** The column with the {@code custom_id} of each row; without one they are row-1, row-2, … */
    public BatchInput idColumn(String column) {
        return new BatchInput(file, template, url, model, Checks.text("idColumn", column));
    }

    /** The file. */
    public Path file() {
        return file;
    }

    Requests open(InputStream in) throws IOException {
        if (template == null) return new RequestLines(new Lines(in), model);
        Template filled = Template.of(template);
        if (model == null && !filled.isBody())
            throw new IllegalArgumentException("model: one expected, because the template is no whole body");
        boolean csv = file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
        return new FilledRows(csv ? Rows.ofCsv(in) : Rows.ofJson(in), filled, url, model, idColumn);
    }

    /** The requests. */
    Requests open() throws IOException {
        return open(Files.newInputStream(file));
    }

    /** Whether two requests could have the same custom_id. */
    boolean namesItself() {
        return template == null || idColumn != null;
    }

    Json json() {
        return Json.missing()
                .with("file", file.toString())
                .with("template", template)
                .with("url", url)
                .with("model", model)
                .with("id_column", idColumn);
    }

    static BatchInput of(Json json) {
        return new BatchInput(
                Path.of(json.get("file").asText()),
                text(json.get("template")),
                json.get("url").asText(),
                text(json.get("model")),
                text(json.get("id_column")));
    }

    private static @Nullable String text(Json value) {
        return value.isPresent() ? value.asText() : null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BatchInput input && json().equals(input.json());
    }

    @Override
    public int hashCode() {
        return Objects.hash(file, template);
    }

    /** The file. */
    @Override
    public String toString() {
        return "BatchInput[" + file + "]";
    }
}
