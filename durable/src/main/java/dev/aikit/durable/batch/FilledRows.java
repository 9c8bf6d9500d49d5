package dev.aikit.durable.batch;

import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A template filled with one row after the other. */
final class FilledRows implements Requests {
    private final Rows rows;
    private final Template template;
    private final String url;
    private final @Nullable String model;
    private final @Nullable String idColumn;
    private final Set<String> columns;
    private long number;

    FilledRows(Rows rows, Template template, String url, @Nullable String model, @Nullable String idColumn) {
        this.rows = rows;
        this.template = template;
        this.url = url;
        this.model = model;
        this.idColumn = idColumn;
        this.columns = template.columns();
    }

    @Override
    public @Nullable BatchRequest next() throws IOException {
        Rows.Row row = rows.next();
        if (row == null) return null;
        number++;
        for (String column : columns) require(row, column, "{{" + column + "}} in the template");
        String id = "row-" + number;
        if (idColumn != null) {
            require(row, idColumn, "the custom_id");
            id = row.fields().get(idColumn);
            if (id.isBlank()) throw new BatchInputException(row.line(), "the custom_id in " + idColumn + " is blank");
        }
        return new BatchRequest(row.line(), id, url, template.fill(row.fields(), model));
    }

    private static void require(Rows.Row row, String column, String what) {
        if (!row.fields().containsKey(column))
            throw new BatchInputException(
                    row.line(),
                    "a column \"" + column + "\" expected for " + what + "; there are "
                            + String.join(", ", row.fields().keySet()));
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
