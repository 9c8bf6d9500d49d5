package dev.aikit.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The subcommands, and what the options that all share mean to each. To learn the options of one takes longer than to start
 * Java: where the first argument names a subcommand, the others are left out.
 */
final class Subcommands {
    private static final Map<String, Class<?>> ALL = all();

    private Subcommands() {}

    /** In the order of the help. */
    private static Map<String, Class<?>> all() {
        Map<String, Class<?>> all = new LinkedHashMap<>();
        all.put("chat", ChatCommand.class);
        all.put("models", ModelsCommand.class);
        all.put("embed", EmbedCommand.class);
        all.put("moderate", ModerateCommand.class);
        all.put("image", ImageCommand.class);
        all.put("files", FilesCommand.class);
        all.put("batch", BatchCommand.class);
        all.put("worker", WorkerCommand.class);
        all.put("providers", ProvidersCommand.class);
        all.put("serve", ServeCommand.class);
        all.put("doctor", DoctorCommand.class);
        all.put("demo", DemoCommand.class);
        all.put("help", HelpCommand.class);
        return all;
    }

    /** Adds those that these arguments can mean. */
    static void addTo(CommandLine command, String... arguments) {
        String named = arguments.length == 0 || arguments[0].equals("help") ? "" : arguments[0];
        if (ALL.containsKey(named)) add(command, named);
        else for (String name : ALL.keySet()) add(command, name);
    }

    private static void add(CommandLine command, String name) {
        command.addSubcommand(name, ALL.get(name));
        CommandLine added = command.getSubcommands().get(name);
        helpLast(added);
        switch (name) {
            case "batch" -> {
                quiet(added, "status", "cancel");
                describe(added.getSubcommands().get("run"), "--json", "Print how it ended as a JSON object.");
            }
            case "worker" -> {
                quiet(added, "list", "dead", "show", "redrive", "cancel");
                describe(
                        added.getSubcommands().get("run"),
                        "--json",
                        "Print what is left, dead and waiting as a JSON object.");
            }
            case "serve" -> {
                hide(added, "--base-url", "--api-key-env", "--provider");
                describe(added, "--json", "Print the base URL as a JSON object.");
            }
            case "providers" -> {
                hide(added, "--base-url", "--api-key-env", "--provider");
                describe(added, "--json", "Print all as one JSON object.");
            }
            case "doctor" -> describe(added, "--json", "Print what was found as one JSON object.");
            case "demo", "help" -> hide(added, "--base-url", "--api-key-env", "--provider", "--json");
            default -> {}
        }
    }

    /** Help comes behind the options that all share, which picocli adds last. */
    private static void helpLast(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        for (OptionSpec option : List.copyOf(spec.options())) {
            if (!option.usageHelp() && !option.versionHelp()) continue;
            spec.remove(option);
            spec.addOption(option);
        }
        for (CommandLine subcommand : command.getSubcommands().values()) helpLast(subcommand);
    }

    /** Subcommands that ask no server, and print JSON of their own. */
    private static void quiet(CommandLine command, String... subcommands) {
        for (String name : subcommands) {
            CommandLine quiet = command.getSubcommands().get(name);
            hide(quiet, "--base-url", "--api-key-env", "--provider");
            describe(quiet, "--json", "Print JSON.");
        }
    }

    /** Does not offer options that the command shares with the others and refuses; it still says why it does. */
    private static void hide(CommandLine command, String... options) {
        for (String name : options)
            change(command, name, option -> option.toBuilder().hidden(true).build());
    }

    /** Says what a shared option means to one command. */
    private static void describe(CommandLine command, String name, String description) {
        change(
                command,
                name,
                option -> option.toBuilder().description(description).build());
    }

    /** All are added anew, for help lists them in the order in which they came. */
    private static void change(CommandLine command, String name, UnaryOperator<OptionSpec> change) {
        CommandSpec spec = command.getCommandSpec();
        List<OptionSpec> all = List.copyOf(spec.options());
        OptionSpec changed = spec.findOption(name);
        all.forEach(spec::remove);
        for (OptionSpec option : all) spec.addOption(option == changed ? change.apply(option) : option);
    }
}
