package dev.aikit.schema;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.aikit.testing.SharedData;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** OpenAI's own description of its API. */
final class OpenAIsSchemas {
    private static final String DOCUMENT = "https://openai.test/openapi.json";

    private OpenAIsSchemas() {}

    /** In which points the JSON is not what that schema says; the test is skipped if the description is not there. */
    static List<Error> violations(String schema, String json) throws IOException {
        String document = SharedData.text("spec/openai-subset.json");
        return SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(DOCUMENT, document)))
                .getSchema(SchemaLocation.of(DOCUMENT + "#/components/schemas/" + schema))
                .validate(json, InputFormat.JSON);
    }
}
