package dev.aikit.cli;

import dev.aikit.examples.FirstCalls;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Runs the first example. */
@Command(
        name = "demo",
        description = "Shows the first calls at work, without a key.",
        footer = {
            "",
            "The list of models is received in a callback, a question is put without waiting,",
            "and the same is streamed piece by piece. The program is",
            "examples/src/main/java/dev/aikit/examples/FirstCalls.java."
        })
final class DemoCommand implements Callable<Integer> {
    @ParentCommand
    Aikit options;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        options.refuseServerOptions(spec, "uses the models on this machine");
        if (options.json)
            throw new ParameterException(spec.commandLine(), "aikit demo is to be read, and has no --json");
        FirstCalls.run(options.terminal.out());
        return ExitCode.OK;
    }
}
