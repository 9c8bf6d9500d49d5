package dev.aikit.local.internal.guide;

import dev.aikit.local.internal.ApiError;
import dev.aikit.local.internal.chat.ChatRequest.Message;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is asked: the last message of the user, and the one before it where the last one leans on it. */
record Conversation(String last, String before) {
    private static final Pattern GREETING = Pattern.compile(
            "((hello|hi|hey|hallo|bonjour|good (morning|afternoon|evening|day)|greetings|thanks|thank you)"
                    + "( there| all| guide| aikit)?"
                    + "|(hello |hi |hey )?(who|what) are you( exactly)?|what is your name|what s your name|introduce yourself"
                    + "|what can (you do|you help me with|i ask( you)?)|help( me)?|how are you|test|ping)");
    private static final Pattern LEANING =
            Pattern.compile("(and|but|or|so|then|also|why|how so|what about|how about|what if|what else)\\b.*"
                    + "|.*\\b(it|its|that|this|these|those|them|they|one|there|same)\\b.*");
    private static final int SHORT = 8;
    private static final int VERY_SHORT = 2;

    static Conversation of(List<Message> messages) {
        List<String> asked = messages.stream()
                .filter(message -> message.role().equals("user"))
                .map(Message::text)
                .filter(text -> !text.isBlank())
                .toList();
        if (asked.isEmpty()) {
            throw ApiError.field(
                    "messages", "'messages' must have a message of the role 'user' with a text: the question.");
        }
        int last = asked.size() - 1;
        return new Conversation(asked.get(last), last > 0 ? asked.get(last - 1) : "");
    }

    boolean isGreeting() {
        return GREETING.matcher(plain()).matches();
    }

    /**
     * What to look for, the best first: the last message alone, then with the one before if it is a short follow-up. A message
     * without any word that carries meaning, such as "And why?", is no question by itself.
     */
    List<String> questions() {
        String plain = plain();
        int words = plain.split(" ").length;
        boolean followUp = !before.isEmpty()
                && words <= SHORT
                && (words <= VERY_SHORT || LEANING.matcher(plain).matches());
        Stream<String> questions = followUp ? Stream.of(last, before + " " + last) : Stream.of(last);
        return questions.filter(question -> !Terms.of(question).isEmpty()).toList();
    }

    private String plain() {
        return last.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    }
}
