package dev.aikit.durable.batch;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows with named columns, from a file. */
interface Rows extends Closeable {
    /** A row; its line is where it begins. */
    record Row(long line, Map<String, String> fields) {}

    /** The next one; null at the end. */
    @Nullable
    Row next() throws IOException;

    /** JSON objects, one a line. What is no text or number is given as JSON. */
    static Rows ofJson(InputStream in) {
        Lines lines = new Lines(in);
        return new Rows() {
            @Override
            public @Nullable Row next() throws IOException {
                String text = lines.next();
                if (text == null) return null;
                Map<String, String> fields = new LinkedHashMap<>();
                RequestLines.object(lines, text).fields().forEach((name, value) -> {
                    if (value.isPresent()) fields.put(name, value.asText(value.toString()));
                });
                return new Row(lines.number(), fields);
            }

            @Override
            public void close() throws IOException {
                lines.close();
            }
        };
    }

    /** CSV (RFC 4180) whose first line names the columns. */
    static Rows ofCsv(InputStream in) throws IOException {
        CloseableIterator<CsvRecord> records = CsvReader.builder()
                .detectBomHeader(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE) // both are refused here, with their line
                .ofCsvRecord(in)
                .iterator();
        List<String> columns = columns(records);
        return new Rows() {
            @Override
            public @Nullable Row next() throws IOException {
                CsvRecord record = record(records);
                if (record == null) return null;
                if (record.getFieldCount() != columns.size())
                    throw new BatchInputException(
                            record.getStartingLineNumber(),
                            columns.size() + " fields expected, as in line 1, not " + record.getFieldCount());
                Map<String, String> fields = new LinkedHashMap<>();
                for (int i = 0; i < columns.size(); i++) fields.put(columns.get(i), record.getField(i));
                return new Row(record.getStartingLineNumber(), fields);
            }

            @Override
            public void close() throws IOException {
                records.close();
            }
        };
    }

    private static List<String> columns(CloseableIterator<CsvRecord> records) throws IOException {
        CsvRecord header = record(records);
        if (header == null) throw new BatchInputException(1, "the names of the columns expected");
        List<String> columns = header.getFields().stream().map(String::strip).toList();
        Set<String> seen = new HashSet<>();
        for (String column : columns)
            if (!seen.add(column)) throw new BatchInputException(1, "two columns are named \"" + column + "\"");
        return columns;
    }

    private static @Nullable CsvRecord record(CloseableIterator<CsvRecord> records) throws IOException {
        try {
            return records.hasNext() ? records.next() : null;
        } catch (CsvParseException wrong) {
            Throwable cause = wrong.getCause();
            throw new IOException("the CSV cannot be read: " + (cause == null ? wrong : cause).getMessage(), wrong);
        }
    }
}
