package dev.aikit.cli;

import dev.aikit.json.Json;
import dev.aikit.local.LocalServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Runs the local server until Ctrl-C. */
@Command(
        name = "serve",
        description = "Serves models on this machine to programs on this machine, until Ctrl-C.",
        footer = {
            "",
            "Examples:",
            "  aikit serve",
            "  aikit serve --port 8080 --gguf some-model.gguf",
            "  aikit serve --files my-files",
            "  aikit chat --base-url http://127.0.0.1:8080/v1 --model some-model \"Hello\"",
            "",
            "It prints the base URL for clients, and needs no key."
        })
final class ServeCommand implements Callable<Integer> {
    @ParentCommand
    Aikit options;

    @Spec
    CommandSpec spec;

    @Option(names = "--port", paramLabel = "N", description = "The port. Default: one that is free.")
    int port;

    @Option(
            names = "--gguf",
            paramLabel = "FILE",
            description = "A GGUF file, a chat model named like the file. May be given several times.")
    List<Path> models = List.of();

    @Option(
            names = "--files",
            paramLabel = "DIR",
            description = "A folder that keeps uploaded files. Default: a temporary one, deleted at the end.")
    @Nullable
    Path files;

    @Override
    public Integer call() throws Exception {
        options.refuseServerOptions(spec, "uses the models on this machine");
        LocalServer.Builder builder = LocalServer.builder().port(port);
        models.forEach(builder::gguf);
        if (files != null) builder.files(files);
        LocalServer server = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "aikit-ctrl-c"));
        options.terminal.println(
                options.json ? Json.of(Map.of("base_url", server.baseURL())).toString() : server.baseURL());
        options.terminal.say("serving to this machine only, no key needed; Ctrl-C ends it. In another terminal:");
        options.terminal
                .err()
                .println("OPENAI_BASE_URL=" + server.baseURL()
                        + " ./aikit chat --model aikit-guide \"How do I cancel a call?\"");
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }
}
