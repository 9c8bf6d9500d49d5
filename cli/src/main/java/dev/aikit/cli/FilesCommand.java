package dev.aikit.cli;

import dev.aikit.OpenAIProgress;
import dev.aikit.OpenAIResult;
import dev.aikit.files.OpenAIFile;
import dev.aikit.files.OpenAIFileContentResult;
import dev.aikit.files.OpenAIFileDeletedResult;
import dev.aikit.files.OpenAIFileListResult;
import dev.aikit.files.OpenAIFileResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Keeps files at a server. */
@Command(
        name = "files",
        description = "Uploads, lists, saves and deletes the files that a server keeps.",
        footer = {
            "",
            "Examples:",
            "  aikit files upload letter.pdf --purpose user_data",
            "  aikit files list",
            "  aikit files save file-abc123 letter.pdf",
            "  aikit files delete file-abc123",
            "",
            "Without a key and a base URL there is no server that keeps anything: start",
            "one by aikit serve --files DIR, and name it with --base-url."
        })
final class FilesCommand extends Group {
    private static final String NO_SERVER =
            "no server that keeps files: name one with --base-url, such as that of aikit serve --files DIR";

    private static final String UNKNOWN_ID = "'aikit files list' lists the ids; " + Trouble.MOST_BASE_URLS;

    @ParentCommand
    Aikit options;

    @Command(
            name = "upload",
            description = "Uploads a file, and prints its id.",
            footer = {"", "Example:", "  aikit files upload letter.pdf --purpose user_data"})
    int upload(
            @Parameters(paramLabel = "FILE", description = "The file.") Path file,
            @Option(
                            names = "--purpose",
                            paramLabel = "WHAT",
                            defaultValue = "user_data",
                            description = "What it is for: user_data, assistants, batch, fine-tune, vision, evals."
                                    + " Default: ${DEFAULT-VALUE}.")
                    String purpose)
            throws Exception {
        if (Files.isDirectory(file)) throw new IllegalArgumentException(file + " is a folder: a file expected");
        if (!Files.isRegularFile(file)) throw new IllegalArgumentException("there is no file " + file);
        try (Connection connection = Connection.toServer(options, NO_SERVER)) {
            OpenAIFileResult result = Interruptible.await(
                    options.terminal,
                    connection
                            .client()
                            .files()
                            .create(
                                    file,
                                    purpose,
                                    p -> p.onProgress(this::showProgress).async()));
            endProgress();
            return end(result, result.success() ? result.file().id() : "", Trouble.MOST_BASE_URLS);
        }
    }

    @Command(
            name = "list",
            description = "Lists the files: id, size in bytes, purpose, name.",
            footer = {"", "Examples:", "  aikit files list", "  aikit files list --purpose batch"})
    int list(
            @Option(names = "--purpose", paramLabel = "WHAT", description = "Only those that are for this.") @Nullable
                    String purpose)
            throws Exception {
        try (Connection connection = Connection.toServer(options, NO_SERVER)) {
            OpenAIFileListResult page = Interruptible.await(
                    options.terminal,
                    connection.client().files().list(p -> (purpose == null ? p : p.purpose(purpose)).async()));
            while (page.success()) {
                page.files().forEach(this::show);
                Optional<OpenAIFileListResult> next = page.nextPage();
                if (next.isEmpty()) return ExitCode.OK;
                page = next.get();
            }
            return Trouble.report(options, page, Trouble.MOST_BASE_URLS);
        }
    }

    @Command(
            name = "save",
            description = "Saves a file's content.",
            footer = {"", "Example:", "  aikit files save file-abc123 letter.pdf"})
    int save(
            @Parameters(index = "0", paramLabel = "ID", description = "The file's id.") String id,
            @Parameters(
                            index = "1",
                            paramLabel = "FILE",
                            description = "Where to: not there yet, unless --force is set.")
                    Path target,
            @Option(names = "--force", description = "Replace a file that is there already.") boolean force)
            throws Exception {
        if (Files.isDirectory(target)) throw new IllegalArgumentException(target + " is a folder: a file expected");
        if (Files.exists(target) && !force)
            throw new IllegalArgumentException(target + " is there already: --force replaces it");
        Path folder = target.getParent();
        Folder.check(folder == null ? Path.of(".") : folder);
        try (Connection connection = Connection.toServer(options, NO_SERVER)) {
            OpenAIFileContentResult result = Interruptible.await(
                    options.terminal,
                    connection
                            .client()
                            .files()
                            .content(
                                    id,
                                    target,
                                    p -> p.onProgress(this::showProgress).async()));
            endProgress();
            return result.success() ? ExitCode.OK : Trouble.report(options, result, UNKNOWN_ID);
        }
    }

    @Command(
            name = "delete",
            description = "Deletes a file.",
            footer = {"", "Example:", "  aikit files delete file-abc123"})
    int delete(@Parameters(paramLabel = "ID", description = "The file's id.") String id) throws Exception {
        try (Connection connection = Connection.toServer(options, NO_SERVER)) {
            OpenAIFileDeletedResult result = Interruptible.await(
                    options.terminal, connection.client().files().delete(id, p -> p.async()));
            return end(result, "", UNKNOWN_ID);
        }
    }

    private int end(OpenAIResult result, String line, String notFound) {
        if (!result.success()) return Trouble.report(options, result, notFound);
        if (options.json) options.terminal.println(result.json());
        else if (!line.isEmpty()) options.terminal.println(line);
        return ExitCode.OK;
    }

    private void show(OpenAIFile file) {
        String line = String.join("  ", file.id(), Long.toString(file.bytes()), file.purpose(), file.filename());
        if (options.json) options.terminal.println(file.json());
        else options.terminal.println(line);
    }

    /** In place, and only where somebody looks. */
    private void showProgress(OpenAIProgress progress) {
        if (!options.terminal.screens().contains("2")) return;
        String part = progress.total() > 0 ? Math.round(progress.fraction() * 100) + " %" : "";
        options.terminal.err().print("\r" + progress.bytes() + " bytes  " + part + "   ");
        options.terminal.err().flush();
    }

    private void endProgress() {
        if (options.terminal.screens().contains("2")) options.terminal.err().println();
    }
}
