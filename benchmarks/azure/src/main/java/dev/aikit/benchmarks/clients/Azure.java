package dev.aikit.benchmarks.clients;

import com.azure.ai.openai.OpenAIAsyncClient;
import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.ai.openai.models.ChatChoice;
import com.azure.ai.openai.models.ChatCompletions;
import com.azure.ai.openai.models.ChatCompletionsOptions;
import com.azure.ai.openai.models.ChatRequestAssistantMessage;
import com.azure.ai.openai.models.ChatRequestMessage;
import com.azure.ai.openai.models.ChatRequestSystemMessage;
import com.azure.ai.openai.models.ChatRequestUserMessage;
import com.azure.ai.openai.models.EmbeddingItem;
import com.azure.ai.openai.models.Embeddings;
import com.azure.ai.openai.models.EmbeddingsOptions;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import com.azure.core.http.policy.AddHeadersPolicy;
import dev.aikit.benchmarks.Client;
import dev.aikit.benchmarks.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import reactor.netty.resources.ConnectionProvider;

/** azure-ai-openai with its asynchronous client. It sends keys over TLS only, so the header comes from a policy here. */
public final class Azure implements Client {
    private final OpenAIAsyncClient client;

    public Azure(String baseURL, int inFlight) {
        OpenAIClientBuilder builder = new OpenAIClientBuilder()
                .endpoint(baseURL.substring(0, baseURL.length() - "/v1".length()))
                .addPolicy(
                        new AddHeadersPolicy(new HttpHeaders().set(HttpHeaderName.fromString("api-key"), "sk-test")));
        // Its own limit is 500 connections.
        if (inFlight > 500)
            builder.httpClient(new NettyAsyncHttpClientBuilder()
                    .connectionProvider(ConnectionProvider.builder("wide")
                            .maxConnections(inFlight)
                            .build())
                    .build());
        client = builder.buildAsyncClient();
    }

    private static ChatCompletionsOptions options(Question question) {
        List<ChatRequestMessage> messages = new ArrayList<>(question.messages().size());
        for (Question.Message message : question.messages()) {
            messages.add(
                    switch (message.role()) {
                        case "system" -> new ChatRequestSystemMessage(message.text());
                        case "user" -> new ChatRequestUserMessage(message.text());
                        default -> new ChatRequestAssistantMessage(message.text());
                    });
        }
        return new ChatCompletionsOptions(messages);
    }

    @Override
    public void chat(Question question, Answer answer) {
        client.getChatCompletions(MODEL, options(question)).subscribe(new Whole(answer), new Failure(answer));
    }

    @Override
    public void stream(Question question, Pieces pieces) {
        client.getChatCompletionsStream(MODEL, options(question))
                .subscribe(new Piece(pieces), new Broken(pieces), new End(pieces));
    }

    @Override
    public void embed(List<String> inputs, Answer answer) {
        client.getEmbeddings("text-embedding-3-small", new EmbeddingsOptions(inputs))
                .subscribe(new Numbers(answer), new Failure(answer));
    }

    private record Whole(Answer answer) implements Consumer<ChatCompletions> {
        @Override
        public void accept(ChatCompletions completions) {
            answer.text(completions.getChoices().get(0).getMessage().getContent());
        }
    }

    private record Failure(Answer answer) implements Consumer<Throwable> {
        @Override
        public void accept(Throwable failure) {
            answer.failed(failure);
        }
    }

    private record Piece(Pieces pieces) implements Consumer<ChatCompletions> {
        @Override
        public void accept(ChatCompletions chunk) {
            List<ChatChoice> choices = chunk.getChoices();
            if (choices == null || choices.isEmpty()) return;
            String text = choices.get(0).getDelta().getContent();
            if (text != null) pieces.text(text);
        }
    }

    private record Broken(Pieces pieces) implements Consumer<Throwable> {
        @Override
        public void accept(Throwable failure) {
            pieces.end(failure);
        }
    }

    private record End(Pieces pieces) implements Runnable {
        @Override
        public void run() {
            pieces.end(null);
        }
    }

    private record Numbers(Answer answer) implements Consumer<Embeddings> {
        @Override
        public void accept(Embeddings embeddings) {
            List<EmbeddingItem> data = embeddings.getData();
            float[][] vectors = new float[data.size()][];
            for (int i = 0; i < vectors.length; i++) {
                List<Float> numbers = data.get(i).getEmbedding();
                vectors[i] = new float[numbers.size()];
                for (int k = 0; k < vectors[i].length; k++) vectors[i][k] = numbers.get(k);
            }
            answer.vectors(vectors);
        }
    }
}
