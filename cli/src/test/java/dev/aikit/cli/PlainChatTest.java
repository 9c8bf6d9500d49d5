package dev.aikit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class PlainChatTest {
    private static final Terminal TERMINAL = new Terminal(
            InputStream.nullInputStream(),
            new PrintStream(OutputStream.nullOutputStream()),
            new PrintStream(OutputStream.nullOutputStream()),
            Map.of(),
            "");

    private static final List<String> ARGUMENTS = List.of(
            "hello",
            "-",
            "",
            " ",
            "\"quoted\"",
            "a=b",
            "chat",
            "help",
            "${sys:user.dir}",
            "ünï",
            "-m",
            "--model",
            "-s",
            "--system",
            "--base-url",
            "--api-key-env",
            "--provider",
            "--no-stream",
            "--json",
            "--no-color",
            "--max-tokens",
            "--mod",
            "--model=x",
            "-mx",
            "--",
            "-1",
            "@file");

    /** What was read, in a form that can be compared. */
    private static List<Object> settings(ChatCommand chat) {
        Aikit options = chat.options;
        return Arrays.asList(
                chat.words,
                chat.model,
                chat.system,
                chat.maxTokens,
                chat.temperature,
                chat.whole,
                chat.timeout,
                options.baseUrl,
                options.apiKeyVariable,
                options.provider,
                options.json,
                options.noColor);
    }

    private static ChatCommand readByPicocli(String... arguments) {
        CommandLine command = new CommandLine(new Aikit(TERMINAL));
        Subcommands.addTo(command, arguments);
        return (ChatCommand)
                command.parseArgs(arguments).subcommand().commandSpec().userObject();
    }

    @Test
    void whatIsReadIsReadAsByPicocli() {
        Random random = new Random(1);
        int read = 0;
        for (int i = 0; i < 3000; i++) {
            List<String> arguments = new ArrayList<>(List.of("chat"));
            while (random.nextInt(6) > 0) arguments.add(ARGUMENTS.get(random.nextInt(ARGUMENTS.size())));
            String[] array = arguments.toArray(new String[0]);
            ChatCommand chat = PlainChat.read(TERMINAL, array);
            if (chat == null) continue;
            read++;
            try {
                assertThat(settings(chat)).as("%s", arguments).isEqualTo(settings(readByPicocli(array)));
            } catch (ParameterException wrong) {
                throw new AssertionError("picocli refuses " + arguments, wrong);
            }
        }
        assertThat(read).isGreaterThan(700);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chat hello",
                "chat how are you",
                "chat -",
                "chat",
                "chat --model gpt hello --json",
                "chat -m gpt -s brief --no-stream --no-color hello",
                "chat --base-url http://x/v1 --api-key-env KEY --provider groq hello"
            })
    void whatIsMostlyWrittenNeedsNoPicocli(String line) {
        String[] arguments = line.split(" ");
        ChatCommand chat = PlainChat.read(TERMINAL, arguments);

        assertThat(chat).isNotNull();
        assertThat(settings(chat)).isEqualTo(settings(readByPicocli(arguments)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "models",
                "--json chat hello",
                "chat --help",
                "chat --version",
                "chat --timeout 9s hello",
                "chat --model",
                "chat --model --json",
                "chat --json --json hello",
                "chat --no-stream --no-stream hello",
                "chat --no-color --no-color hello",
                "chat --model a -m b hello",
                "chat --system a -s b hello",
                "chat --base-url a --base-url b hello",
                "chat --api-key-env a --api-key-env b hello",
                "chat --provider a --provider b hello",
                "chat @file",
                "chat --model @file hello",
                "chat -- --json"
            })
    void allElseIsForPicocli(String line) {
        assertThat(PlainChat.read(TERMINAL, line.split(" "))).isNull();
        assertThat(PlainChat.read(TERMINAL)).isNull();
    }
}
