package dev.aikit.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code aikit chat} as it is mostly written, and spares it picocli: to load that and to have it ask for its annotations
 * takes as much processor time as all the rest of a call. What is not that plain (help, numbers, {@code --model=NAME}, files
 * of arguments, every mistake) is left to picocli; what is read here is read as picocli would.
 */
final class PlainChat {
    private PlainChat() {}

    /** The command to run; null if picocli is to read the arguments. */
    static @Nullable ChatCommand read(Terminal terminal, String... arguments) {
        if (arguments.length == 0 || !arguments[0].equals(ChatCommand.NAME)) return null;
        ChatCommand chat = new ChatCommand();
        chat.options = new Aikit(terminal);
        List<String> words = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            String argument = arguments[i];
            if (isPlain(argument)) {
                words.add(argument);
            } else if (!isSwitch(chat, argument)) {
                i++;
                if (i == arguments.length || !isPlain(arguments[i]) || !takes(chat, argument, arguments[i]))
                    return null;
            }
        }
        chat.words = words;
        return chat;
    }

    /** Picocli replaces what begins with @ by what is in a file. */
    private static boolean isPlain(String argument) {
        return argument.equals("-") || !argument.startsWith("-") && !argument.startsWith("@");
    }

    /** Sets an option that has no value. */
    private static boolean isSwitch(ChatCommand chat, String name) {
        switch (name) {
            case "--no-stream" -> {
                if (chat.whole) return false;
                chat.whole = true;
            }
            case "--json" -> {
                if (chat.options.json) return false;
                chat.options.json = true;
            }
            case "--no-color" -> {
                if (chat.options.noColor) return false;
                chat.options.noColor = true;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Sets an option that has one; not a second time, which is a mistake. */
    private static boolean takes(ChatCommand chat, String name, String value) {
        Aikit options = chat.options;
        switch (name) {
            case "-m", "--model" -> {
                if (chat.model != null) return false;
                chat.model = value;
            }
            case "-s", "--system" -> {
                if (chat.system != null) return false;
                chat.system = value;
            }
            case "--base-url" -> {
                if (options.baseUrl != null) return false;
                options.baseUrl = value;
            }
            case "--api-key-env" -> {
                if (options.apiKeyVariable != null) return false;
                options.apiKeyVariable = value;
            }
            case "--provider" -> {
                if (options.provider != null) return false;
                options.provider = value;
            }
            default -> {
                return false;
            }
        }
        return true;
    }
}
