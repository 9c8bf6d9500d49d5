package dev.aikit.benchmarks.clients;

import dev.aikit.HttpAgent;
import dev.aikit.OpenAI;
import dev.aikit.OpenAIConfiguration;
import dev.aikit.OpenAILimits;
import dev.aikit.OpenAIResult;
import dev.aikit.benchmarks.Client;
import dev.aikit.benchmarks.Question;
import dev.aikit.chat.OpenAIChatCompletionsParameters;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIChatCompletionsStreamResult;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.embeddings.OpenAIEmbedding;
import dev.aikit.embeddings.OpenAIEmbeddingsParameters;
import dev.aikit.embeddings.OpenAIEmbeddingsResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The client of this checkout, its callbacks where they run if nobody says anything. */
public class Ours implements Client {
    private final OpenAI client;

    public Ours(String baseURL, int inFlight) {
        client = OpenAI.create(OpenAIConfiguration.defaults()
                .baseURL(baseURL)
                .apiKey("sk-test")
                .httpAgent(HttpAgent.create(new Sockets(inFlight)))
                .limits(new Large()));
    }

    /** Where callbacks run; null for the client's own threads. */
    Executor place() {
        return null;
    }

    @Override
    public void chat(Question question, Answer answer) {
        OpenAIChatCompletionsParameters<OpenAIChatCompletionsResult> parameters =
                OpenAIChatCompletionsParameters.create().model(MODEL);
        if (place() != null) parameters = parameters.on(place());
        client.chat().completions().create(messages(question), parameters.formula(new Whole(answer)));
    }

    @Override
    public void stream(Question question, Pieces pieces) {
        OpenAIChatCompletionsParameters<OpenAIChatCompletionsResult> parameters =
                OpenAIChatCompletionsParameters.create().model(MODEL).stream(true);
        if (place() != null) parameters = parameters.on(place());
        client.chat()
                .completions()
                .create(messages(question), parameters.onData(new Piece(pieces)).onTerminate(new End(pieces)));
    }

    @Override
    public void embed(List<String> inputs, Answer answer) {
        OpenAIEmbeddingsParameters<OpenAIEmbeddingsResult> parameters = OpenAIEmbeddingsParameters.create();
        if (place() != null) parameters = parameters.on(place());
        client.embeddings().create(inputs, "text-embedding-3-small", parameters.formula(new Numbers(answer)));
    }

    private static List<OpenAIMessage> messages(Question question) {
        List<OpenAIMessage> messages = new ArrayList<>(question.messages().size());
        for (Question.Message message : question.messages())
            messages.add(OpenAIMessage.of(message.role(), message.text()));
        return messages;
    }

    private static Throwable reason(OpenAIResult failed) {
        return new IllegalStateException(failed.errors().toString());
    }

    private record Whole(Answer answer) implements Consumer<OpenAIChatCompletionsResult> {
        @Override
        public void accept(OpenAIChatCompletionsResult result) {
            if (result.success()) answer.text(result.choice().text());
            else answer.failed(reason(result));
        }
    }

    private record Piece(Pieces pieces) implements Consumer<OpenAIChatCompletionsStreamResult> {
        @Override
        public void accept(OpenAIChatCompletionsStreamResult chunk) {
            pieces.text(chunk.choice().delta().text());
        }
    }

    private record End(Pieces pieces) implements Consumer<OpenAIChatCompletionsResult> {
        @Override
        public void accept(OpenAIChatCompletionsResult result) {
            pieces.end(result.success() ? null : reason(result));
        }
    }

    private record Numbers(Answer answer) implements Consumer<OpenAIEmbeddingsResult> {
        @Override
        public void accept(OpenAIEmbeddingsResult result) {
            if (!result.success()) {
                answer.failed(reason(result));
                return;
            }
            List<OpenAIEmbedding> embeddings = result.embeddings();
            float[][] vectors = new float[embeddings.size()][];
            for (int i = 0; i < vectors.length; i++)
                vectors[i] = embeddings.get(i).embedding().array();
            answer.vectors(vectors);
        }
    }

    private record Sockets(int inFlight) implements UnaryOperator<HttpAgent> {
        @Override
        public HttpAgent apply(HttpAgent agent) {
            return agent.maxSockets(Math.max(inFlight, agent.maxSockets()));
        }
    }

    /** For the answer of 100 MB. */
    private record Large() implements UnaryOperator<OpenAILimits> {
        @Override
        public OpenAILimits apply(OpenAILimits limits) {
            return limits.maxBodyBytes(200 << 20);
        }
    }
}
