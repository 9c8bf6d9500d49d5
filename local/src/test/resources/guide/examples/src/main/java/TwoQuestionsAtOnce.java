import java.util.List;

/**
 * Puts two questions without waiting and collects both answers. Parallel requests share one {@code OpenAI} client, which is
 * safe for use by several threads.
 */
public final class TwoQuestionsAtOnce {
    public static void main(String[] args) {
        OpenAI client = OpenAI.create();
        for (String question : List.of("Why is 42 a special number?", "What is the capital of France?")) {
            client.chat().completions().create(question, p -> p.onResponse(r -> System.out.println(r)));
        }
    }
}
