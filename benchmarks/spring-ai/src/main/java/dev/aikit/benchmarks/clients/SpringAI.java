package dev.aikit.benchmarks.clients;

import dev.aikit.benchmarks.Client;
import dev.aikit.benchmarks.Question;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.internal.connection.RealCall;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.ai.openai.http.okhttp.OpenAiHttpClientBuilderCustomizer;
import org.springframework.ai.openai.http.okhttp.SpringAiOpenAiHttpClient;

/** Spring AI's model for OpenAI: streams are asynchronous, all else blocks, here in a pool. */
public final class SpringAI implements Client {
    private final String baseURL;
    private final int inFlight;
    private final ExecutorService pool;
    private OpenAiChatModel chat;
    private OpenAiEmbeddingModel embedding;

    public SpringAI(String baseURL, int inFlight) {
        this.baseURL = baseURL;
        this.inFlight = inFlight;
        pool = Executors.newFixedThreadPool(inFlight);
    }

    private synchronized OpenAiChatModel chat() {
        if (chat != null) return chat;
        OpenAiChatModel.Builder builder = OpenAiChatModel.builder()
                .options(OpenAiChatOptions.builder()
                        .baseUrl(baseURL)
                        .apiKey("sk-test")
                        .model(MODEL)
                        .build());
        // Its own limit is 64 requests at once.
        if (inFlight > 64) builder.httpClientBuilderCustomizer(new Wide(inFlight));
        chat = builder.build();
        return chat;
    }

    private static Prompt prompt(Question question) {
        List<Message> messages = new ArrayList<>(question.messages().size());
        for (Question.Message message : question.messages()) {
            messages.add(
                    switch (message.role()) {
                        case "system" -> new SystemMessage(message.text());
                        case "user" -> new UserMessage(message.text());
                        default -> new AssistantMessage(message.text());
                    });
        }
        return new Prompt(messages);
    }

    @Override
    public void chat(Question question, Answer answer) {
        OpenAiChatModel model = chat();
        pool.execute(new Runnable() {
            @Override
            public void run() {
                String text;
                try {
                    text = model.call(prompt(question)).getResult().getOutput().getText();
                } catch (RuntimeException failure) {
                    answer.failed(failure);
                    return;
                }
                answer.text(text);
            }
        });
    }

    @Override
    public void stream(Question question, Pieces pieces) {
        chat().stream(prompt(question)).subscribe(new Piece(pieces), new Failure(pieces), new End(pieces));
    }

    @Override
    public synchronized void embed(List<String> inputs, Answer answer) {
        if (embedding == null)
            embedding = OpenAiEmbeddingModel.builder()
                    .options(OpenAiEmbeddingOptions.builder()
                            .baseUrl(baseURL)
                            .apiKey("sk-test")
                            .model("text-embedding-3-small")
                            .encodingFormat(OpenAiEmbeddingOptions.EncodingFormat.BASE64)
                            .build())
                    .build();
        pool.execute(new Runnable() {
            @Override
            public void run() {
                float[][] vectors;
                try {
                    vectors = embedding.embed(inputs).toArray(new float[0][]);
                } catch (RuntimeException failure) {
                    answer.failed(failure);
                    return;
                }
                answer.vectors(vectors);
            }
        });
    }

    private record Piece(Pieces pieces) implements Consumer<ChatResponse> {
        @Override
        public void accept(ChatResponse chunk) {
            if (chunk.getResult() == null) return;
            String text = chunk.getResult().getOutput().getText();
            if (text != null) pieces.text(text);
        }
    }

    private record Failure(Pieces pieces) implements Consumer<Throwable> {
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

    /** There is no setting for it; the first request raises the limit. */
    private record Wide(int inFlight) implements OpenAiHttpClientBuilderCustomizer, Interceptor {
        @Override
        public void customize(SpringAiOpenAiHttpClient.Builder builder) {
            builder.interceptor(this);
        }

        @Override
        public Response intercept(Chain chain) throws IOException {
            Dispatcher dispatcher = ((RealCall) chain.call()).getClient().dispatcher();
            if (dispatcher.getMaxRequests() < inFlight) {
                dispatcher.setMaxRequests(inFlight);
                dispatcher.setMaxRequestsPerHost(inFlight);
            }
            return chain.proceed(chain.request());
        }
    }
}
