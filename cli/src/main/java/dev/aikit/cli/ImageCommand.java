package dev.aikit.cli;

import dev.aikit.OpenAIAnswer;
import dev.aikit.OpenAIException;
import dev.aikit.images.OpenAIImageParameters;
import dev.aikit.images.OpenAIImagesResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Has pictures made. */
@Command(
        name = "image",
        description = "Has a model make pictures, saves them, and prints the name of each file.",
        footer = {
            "",
            "Examples:",
            "  aikit image \"A red car in the snow\"",
            "  aikit image --model gpt-image-1 --size 1024x1024 --number 2 \"A red car\"",
            "  aikit image --folder pictures \"A red car\"",
            "",
            "The local models make no pictures: it needs a server that does."
        })
final class ImageCommand implements Callable<Integer> {
    /** As many as OpenAI makes in one call. */
    private static final int MOST = 10;

    @ParentCommand
    Aikit options;

    @Spec
    CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "PROMPT",
            description = "What is to be seen; - reads standard input, and so does none in a pipe.")
    List<String> arguments = List.of();

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME",
            description = "The model. Default: the server's.")
    @Nullable
    String model;

    @Option(names = "--size", paramLabel = "WxH", description = "Such as 1024x1024. Default: the server's.")
    @Nullable
    String size;

    @Option(
            names = {"-n", "--number"},
            paramLabel = "N",
            defaultValue = "1",
            description = "How many pictures. Default: ${DEFAULT-VALUE}.")
    int number;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Where to save them, as image0.png and so on; it is made if need be. Default: here.")
    Path folder;

    @Option(
            names = "--force",
            description =
                    "Replace files that are there already. Without it they stop the command before anything is asked.")
    boolean force;

    @Override
    public Integer call() throws Exception {
        if (number < 1 || number > MOST)
            throw new IllegalArgumentException("--number: 1 to " + MOST + " expected, not " + number);
        List<String> prompt = Input.texts(options.terminal, arguments, spec.qualifiedName(), "a prompt");
        if (!force) refuseToReplace();
        Folder.make(folder);
        return make(String.join(" ", prompt));
    }

    private int make(String prompt) throws InterruptedException {
        try (Connection connection = Connection.open(options, "asking the local models", false, model, c -> c)) {
            OpenAIImagesResult result = Interruptible.await(
                    options.terminal,
                    connection
                            .client()
                            .images()
                            .generate(prompt, p -> settings(p).async()));
            if (!result.success()) return Trouble.report(options, result);
            List<Path> files = result.saveImagesToDisk(folder);
            if (options.json) options.terminal.println(result.json());
            else files.forEach(file -> options.terminal.println(file.toString()));
            return ExitCode.OK;
        } catch (OpenAIException notFetched) {
            return Trouble.report(options, notFetched.result());
        }
    }

    private <T extends OpenAIAnswer> OpenAIImageParameters<T> settings(OpenAIImageParameters<T> start) {
        OpenAIImageParameters<T> made = start.n(number);
        if (model != null) made = made.model(model);
        if (size != null) made = made.size(size);
        return made;
    }

    /** A picture costs money: whether it can be saved is looked at before. */
    private void refuseToReplace() {
        for (int i = 0; i < number; i++)
            for (String extension : List.of(".png", ".jpg", ".webp", ".gif")) {
                Path file = folder.resolve("image" + i + extension);
                if (Files.exists(file))
                    throw new IllegalArgumentException(
                            file + " is there already: --force replaces it, --folder saves elsewhere");
            }
    }
}
