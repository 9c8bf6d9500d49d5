package dev.aikit.local.internal.api;

import dev.aikit.json.Json;
import dev.aikit.local.internal.ApiError;
import dev.aikit.local.internal.Lane;
import dev.aikit.local.internal.files.FileStore;
import dev.aikit.local.internal.files.StoredFile;
import dev.aikit.local.internal.http.Exchange;
import io.netty.handler.codec.http.HttpUtil;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** /v1/files. */
public final class FilesEndpoint {
    private static final int MOST_UPLOADS = 32;
    private static final int LONGEST_PAGE = 10_000;
    private static final long SHORTEST_LIFE = 3_600;
    private static final long LONGEST_LIFE = 2_592_000;
    private static final long ROOM_FOR_FORM = 1 << 16;
    private static final String ANCHOR = "expires_after[anchor]";
    private static final String SECONDS = "expires_after[seconds]";
    private static final List<String> PURPOSES =
            List.of("assistants", "batch", "evals", "fine-tune", "user_data", "vision");
    private static final Set<String> FIELDS = new LinkedHashSet<>(List.of("purpose", ANCHOR, SECONDS));

    private final FileStore store;
    private final long longestFile;
    private final Lane uploads;
    private final Lane others;

    public FilesEndpoint(FileStore store, long longestFile, int waiting) {
        this.store = store;
        this.longestFile = longestFile;
        this.uploads = new Lane("uploads", MOST_UPLOADS, waiting);
        this.others = new Lane("files", 1, waiting);
    }

    /** Ends uploads that are still running. */
    public void stop() {
        uploads.stop();
        others.stop();
    }

    void create(Exchange exchange) {
        // The rest of the form is small; a client that waits to be told may be spared the sending.
        if (HttpUtil.getContentLength(exchange.request(), 0L) > longestFile + ROOM_FOR_FORM) {
            throw UploadForm.tooLong(longestFile);
        }
        Work.run(exchange, uploads, () -> exchange.reply(200, upload(exchange).toJson()));
    }

    private StoredFile upload(Exchange exchange) {
        try (UploadForm form = UploadForm.read(exchange, FIELDS, store.uploads(), longestFile)) {
            String filename = form.filename();
            return store.add(form::moveTo, filename, purpose(form.field("purpose")), life(form));
        } catch (IOException error) {
            throw failed(error);
        }
    }

    private static String purpose(@Nullable String purpose) {
        if (purpose == null) throw ApiError.field("purpose", "'purpose' is required.");
        if (PURPOSES.contains(purpose)) return purpose;
        throw ApiError.field("purpose", "'purpose' must be one of " + String.join(", ", PURPOSES) + ".");
    }

    private static @Nullable Long life(UploadForm form) {
        String anchor = form.field(ANCHOR);
        String seconds = form.field(SECONDS);
        if (anchor == null && seconds == null) return null;
        if (!"created_at".equals(anchor)) throw ApiError.field(ANCHOR, "'" + ANCHOR + "' must be 'created_at'.");
        try {
            long life = Long.parseLong(String.valueOf(seconds));
            if (life >= SHORTEST_LIFE && life <= LONGEST_LIFE) return life;
        } catch (NumberFormatException noNumber) {
            // refused below
        }
        throw ApiError.field(
                SECONDS,
                "'" + SECONDS + "' must be a whole number from " + SHORTEST_LIFE + " to " + LONGEST_LIFE + ".");
    }

    void list(Exchange exchange) {
        Paging paging = Paging.of(exchange, LONGEST_PAGE, LONGEST_PAGE, "desc");
        String purpose = exchange.query("purpose");
        Work.run(exchange, others, () -> {
            List<Json> files = store.list().stream()
                    .filter(file -> purpose == null || file.purpose().equals(purpose))
                    .map(StoredFile::toJson)
                    .toList();
            exchange.reply(200, paging.page(files));
        });
    }

    void retrieve(Exchange exchange, String id) {
        Work.run(exchange, others, () -> exchange.reply(200, store.get(id).toJson()));
    }

    void delete(Exchange exchange, String id) {
        Work.run(exchange, others, () -> {
            try {
                store.delete(id);
            } catch (IOException error) {
                throw failed(error);
            }
            Map<String, Object> deleted = new LinkedHashMap<>();
            deleted.put("id", id);
            deleted.put("object", "file");
            deleted.put("deleted", true);
            exchange.reply(200, Json.of(deleted));
        });
    }

    void content(Exchange exchange, String id) {
        Work.run(exchange, others, () -> {
            try {
                StoredFile file = store.get(id);
                exchange.replyFile(store.open(file), file.bytes(), "application/octet-stream");
            } catch (IOException error) {
                throw failed(error);
            }
        });
    }

    private static ApiError failed(IOException error) {
        return ApiError.server("the files cannot be used: " + error.getMessage(), error);
    }
}
