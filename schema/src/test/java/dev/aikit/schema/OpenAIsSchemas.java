package dev.aikit.schema;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** OpenAI's own description of its API. */
final class OpenAIsSchemas {
    private static final Path FILE = Path.of("..", "..", "shared", "spec", "openai-subset.json");
    private static final String DOCUMENT = "https://openai.test/openapi.json";

    private OpenAIsSchemas() {}

    /** In which points the JSON is not what that schema says; the test is skipped if the description is not there. */
    static List<Error> violations(String schema, String json) throws IOException {
        assumeTrue(Files.isReadable(FILE), "skipped: there is no " + FILE + " beside this repository");
        String document = Files.readString(FILE);
        return SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(DOCUMENT, document)))
                .getSchema(SchemaLocation.of(DOCUMENT + "#/components/schemas/" + schema))
                .validate(json, InputFormat.JSON);
    }
}
