package dev.aikit.benchmarks.clients;

import com.openai.client.OpenAIClientAsync;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.Embedding;
import com.openai.models.embeddings.EmbeddingCreateParams;
import dev.aikit.benchmarks.Client;
import dev.aikit.benchmarks.Question;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/** openai-java with its asynchronous client. */
public final class OpenAIJava implements Client {
    private final OpenAIClientAsync client;

    public OpenAIJava(String baseURL, int inFlight) {
        OpenAIOkHttpClientAsync.Builder builder =
                OpenAIOkHttpClientAsync.builder().baseUrl(baseURL).apiKey("sk-test");
        // Its own limit is 64 requests at once.
        if (inFlight > 64) builder.okHttpClient(wide(inFlight));
        client = builder.build();
    }

    private static OkHttpClient wide(int inFlight) {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(inFlight);
        dispatcher.setMaxRequestsPerHost(inFlight);
        return new OkHttpClient.Builder().dispatcher(dispatcher).build();
    }

    static ChatCompletionCreateParams parameters(Question question) {
        ChatCompletionCreateParams.Builder parameters =
                ChatCompletionCreateParams.builder().model(MODEL);
        for (Question.Message message : question.messages()) {
            switch (message.role()) {
                case "system" -> parameters.addSystemMessage(message.text());
                case "user" -> parameters.addUserMessage(message.text());
                default -> parameters.addAssistantMessage(message.text());
            }
        }
        return parameters.build();
    }

    static EmbeddingCreateParams parameters(List<String> inputs) {
        return EmbeddingCreateParams.builder()
                .model("text-embedding-3-small")
                .inputOfArrayOfStrings(inputs)
                .build();
    }

    static String text(ChatCompletion completion) {
        return completion.choices().get(0).message().content().orElse("");
    }

    static void text(ChatCompletionChunk chunk, Pieces pieces) {
        if (!chunk.choices().isEmpty())
            pieces.text(chunk.choices().get(0).delta().content().orElse(""));
    }

    static float[][] vectors(CreateEmbeddingResponse response) {
        List<Embedding> data = response.data();
        float[][] vectors = new float[data.size()][];
        for (int i = 0; i < vectors.length; i++) {
            List<Float> numbers = data.get(i).embedding();
            float[] vector = new float[numbers.size()];
            for (int k = 0; k < vector.length; k++) vector[k] = numbers.get(k);
            vectors[i] = vector;
        }
        return vectors;
    }

    @Override
    public void chat(Question question, Answer answer) {
        client.chat().completions().create(parameters(question)).whenComplete(new Whole(answer));
    }

    @Override
    public void stream(Question question, Pieces pieces) {
        client.chat().completions().createStreaming(parameters(question)).subscribe(new Chunks(pieces));
    }

    @Override
    public void embed(List<String> inputs, Answer answer) {
        client.embeddings().create(parameters(inputs)).whenComplete(new Numbers(answer));
    }

    private record Whole(Answer answer) implements BiConsumer<ChatCompletion, Throwable> {
        @Override
        public void accept(ChatCompletion completion, Throwable failure) {
            if (failure != null) answer.failed(failure);
            else answer.text(text(completion));
        }
    }

    private record Chunks(Pieces pieces) implements AsyncStreamResponse.Handler<ChatCompletionChunk> {
        @Override
        public void onNext(ChatCompletionChunk chunk) {
            text(chunk, pieces);
        }

        @Override
        public void onComplete(Optional<Throwable> failure) {
            pieces.end(failure.orElse(null));
        }
    }

    private record Numbers(Answer answer) implements BiConsumer<CreateEmbeddingResponse, Throwable> {
        @Override
        public void accept(CreateEmbeddingResponse response, Throwable failure) {
            if (failure != null) answer.failed(failure);
            else answer.vectors(vectors(response));
        }
    }
}
