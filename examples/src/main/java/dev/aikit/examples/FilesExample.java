package dev.aikit.examples;

import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.files.OpenAIFile;
import dev.aikit.files.OpenAIFileResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Uploads a file with a progress listener, lists it, saves it under another name, and deletes it. */
public final class FilesExample {
    private FilesExample() {}

    /** Works in a temporary folder. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        OpenAI client = LocalModels.client();
        Path folder = Files.createTempDirectory("aikit-files");
        Path notes = Files.writeString(folder.resolve("notes.txt"), "To whom it may concern.\n".repeat(100_000));
        Path saved = folder.resolve("saved.txt");

        AtomicLong sent = new AtomicLong();
        OpenAICall<OpenAIFileResult> upload =
                client.files().create(notes, "user_data", p -> p.onProgress(progress -> sent.set(progress.bytes())));
        OpenAIFile file = upload.await().orThrow().file();
        System.out.println("uploaded: " + file.bytes() + " bytes, all of them: " + (sent.get() > Files.size(notes)));

        client.files()
                .list(p -> p.purpose("user_data"))
                .all()
                .forEach(listed -> System.out.println("listed: " + listed.filename()));

        client.files().content(file.id(), saved).orThrow();
        System.out.println("saved as it was: " + (Files.mismatch(notes, saved) == -1));
        System.out.println(
                "deleted: " + client.files().delete(file.id()).deleted().deleted());

        for (Path path : new Path[] {notes, saved, folder}) Files.delete(path);
    }
}
