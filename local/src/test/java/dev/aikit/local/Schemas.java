package dev.aikit.local;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.aikit.json.Json;
import java.util.List;

/** Says by a validator that is not ours whether JSON follows a schema. */
final class Schemas {
    private Schemas() {}

    static List<Error> errors(Json schema, String json) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.toString())
                .validate(json, InputFormat.JSON);
    }
}
