package dev.aikit.durable.batch;

import dev.aikit.durable.DurableWorker;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The requests of the input, part by part. */
final class PartFiles {
    private final BatchInput input;
    private final DurableWorker worker;

    PartFiles(BatchInput input, DurableWorker worker) {
        this.input = input;
        this.worker = worker;
    }

    private static byte[] line(BatchRequest request) {
        return (request.json() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The parts that the input makes, none with more than so many requests or bytes. */
    List<Part> plan(int mostRequests, long mostBytes) throws IOException {
        List<Part> parts = new ArrayList<>();
        long first = 0;
        long number = 0;
        long bytes = 0;
        try (Requests requests = input.open()) {
            for (BatchRequest next = requests.next(); next != null; next = requests.next()) {
                int size = line(next).length;
                if (number > first && (number - first == mostRequests || bytes + size > mostBytes)) {
                    parts.add(new Part(parts.size() + 1, first, number - first, "", "", false));
                    first = number;
                    bytes = 0;
                }
                bytes += size;
                number++;
            }
        }
        parts.add(new Part(parts.size() + 1, first, number - first, "", "", false));
        return parts;
    }

    /** Writes a part to a file, to be uploaded. */
    void write(Part part, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            each(part, request -> {
                try {
                    out.write(line(request));
                } catch (IOException full) {
                    throw new UncheckedIOException(full);
                }
            });
        } catch (UncheckedIOException full) {
            throw full.getCause();
        }
    }

    /** The custom_ids of a part. */
    Set<String> ids(Part part) throws IOException {
        Set<String> ids = new LinkedHashSet<>();
        each(part, request -> ids.add(request.customId()));
        return ids;
    }

    private void each(Part part, Consumer<BatchRequest> what) throws IOException {
        Set<String> some = part.first() < 0 ? PartTables.keys(worker, part.number()) : Set.of();
        long number = 0;
        try (Requests requests = input.open()) {
            for (BatchRequest next = requests.next(); next != null; next = requests.next(), number++) {
                boolean wanted = part.first() < 0
                        ? some.contains(next.customId())
                        : number >= part.first() && number < part.first() + part.requests();
                if (wanted) what.accept(next);
            }
        }
    }
}
