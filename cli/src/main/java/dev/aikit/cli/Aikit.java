package dev.aikit.cli;

import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The command without a subcommand, and what all of them share. */
@Command(
        name = "aikit",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Aikit.Version.class,
        usageHelpAutoWidth = true,
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description = "Talks to OpenAI, to servers that speak its language, or to models on this machine.",
        parameterListHeading = "%nWhat it works on:%n",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands (aikit COMMAND --help tells more):%n",
        footer = {
            "",
            "Begin with:",
            "  aikit demo",
            "  aikit chat \"How do I cancel a call?\"",
            "",
            "Without a key and a base URL, answers come from models on this machine.",
            "  OPENAI_API_KEY     a key for OpenAI, or for the server at OPENAI_BASE_URL",
            "  OPENAI_BASE_URL    another server, such as http://localhost:11434/v1",
            "",
            "Exit codes: 0 done; 1 the call failed; 2 wrong usage; 3 no answer from the",
            "server; 4 key refused; 130 cancelled by Ctrl-C."
        })
final class Aikit extends Group {
    private static final String KEY = "OPENAI_API_KEY";

    final Terminal terminal;

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "Where the API is, such as http://localhost:11434/v1. Default: OPENAI_BASE_URL."
                    + " A key is sent there only if --api-key-env names it.")
    @Nullable
    String baseUrl;

    @Option(
            names = "--api-key-env",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "The environment variable that holds the key. Default: OPENAI_API_KEY.")
    @Nullable
    String apiKeyVariable;

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "A provider by its name, with its address and key: aikit providers lists them.")
    @Nullable
    String provider;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print JSON, as the server sent it.")
    boolean json;

    @Option(names = "--no-color", scope = ScopeType.INHERIT, description = "No colours; NO_COLOR=1 does the same.")
    boolean noColor;

    Aikit(Terminal terminal) {
        this.terminal = terminal;
    }

    /** The variable that holds the key. */
    String keyVariable() {
        return apiKeyVariable != null ? apiKeyVariable : KEY;
    }

    /** For commands that ask no server: refuses options that would mean nothing. */
    void refuseServerOptions(CommandSpec command, String why) {
        if (baseUrl == null && apiKeyVariable == null && provider == null) return;
        throw new ParameterException(
                command.commandLine(),
                command.qualifiedName() + " " + why + ": --base-url, --api-key-env and --provider mean nothing here");
    }

    /** "aikit 0.1.0, Java 17.0.15". */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() throws Exception {
            Properties properties = new Properties();
            try (var in = Aikit.class.getResourceAsStream("cli.properties")) {
                properties.load(in);
            }
            return new String[] {
                "aikit " + properties.getProperty("version") + ", Java " + System.getProperty("java.version")
            };
        }
    }
}
