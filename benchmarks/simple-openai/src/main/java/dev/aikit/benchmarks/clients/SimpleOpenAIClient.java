package dev.aikit.benchmarks.clients;

import dev.aikit.benchmarks.Client;
import dev.aikit.benchmarks.Question;
import io.github.sashirestela.openai.SimpleOpenAI;
import io.github.sashirestela.openai.domain.chat.Chat;
import io.github.sashirestela.openai.domain.chat.ChatMessage;
import io.github.sashirestela.openai.domain.chat.ChatRequest;
import io.github.sashirestela.openai.domain.embedding.Embedding;
import io.github.sashirestela.openai.domain.embedding.EmbeddingBase64;
import io.github.sashirestela.openai.domain.embedding.EmbeddingRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * simple-openai. Its streams are Java's, which block who reads them: here a thread for each. Its vectors come as text in
 * base64, which is faster than its lists of numbers.
 */
public final class SimpleOpenAIClient implements Client {
    private final SimpleOpenAI client;
    private final Executor pool = Executors.newCachedThreadPool();

    public SimpleOpenAIClient(String baseURL, int inFlight) {
        client = SimpleOpenAI.builder()
                .baseUrl(baseURL.substring(0, baseURL.length() - "/v1".length()))
                .apiKey("sk-test")
                .build();
    }

    private static ChatRequest request(Question question) {
        List<ChatMessage> messages = new ArrayList<>(question.messages().size());
        for (Question.Message message : question.messages()) {
            messages.add(
                    switch (message.role()) {
                        case "system" -> ChatMessage.SystemMessage.of(message.text());
                        case "user" -> ChatMessage.UserMessage.of(message.text());
                        default -> ChatMessage.AssistantMessage.of(message.text());
                    });
        }
        return ChatRequest.builder().model(MODEL).messages(messages).build();
    }

    @Override
    public void chat(Question question, Answer answer) {
        client.chatCompletions().create(request(question)).whenComplete(new Whole(answer));
    }

    @Override
    public void stream(Question question, Pieces pieces) {
        client.chatCompletions().createStream(request(question)).whenCompleteAsync(new Chunks(pieces), pool);
    }

    @Override
    public void embed(List<String> inputs, Answer answer) {
        client.embeddings()
                .createBase64(EmbeddingRequest.builder()
                        .model("text-embedding-3-small")
                        .input(inputs)
                        .build())
                .whenComplete(new Numbers(answer));
    }

    private record Whole(Answer answer) implements BiConsumer<Chat, Throwable> {
        @Override
        public void accept(Chat chat, Throwable failure) {
            if (failure != null) answer.failed(failure);
            else answer.text(chat.firstContent());
        }
    }

    private record Chunks(Pieces pieces) implements BiConsumer<Stream<Chat>, Throwable> {
        @Override
        public void accept(Stream<Chat> chunks, Throwable failure) {
            if (failure != null) {
                pieces.end(failure);
                return;
            }
            try {
                for (Iterator<Chat> each = chunks.iterator(); each.hasNext(); ) {
                    Chat chunk = each.next();
                    if (chunk.getChoices().isEmpty()) continue;
                    String text = chunk.firstContent();
                    if (text != null) pieces.text(text);
                }
            } catch (RuntimeException broken) {
                pieces.end(broken);
                return;
            }
            pieces.end(null);
        }
    }

    private record Numbers(Answer answer) implements BiConsumer<Embedding<EmbeddingBase64>, Throwable> {
        @Override
        public void accept(Embedding<EmbeddingBase64> embedding, Throwable failure) {
            if (failure != null) {
                answer.failed(failure);
                return;
            }
            List<EmbeddingBase64> data = embedding.getData();
            float[][] vectors = new float[data.size()][];
            for (int i = 0; i < vectors.length; i++) {
                byte[] bytes = Base64.getDecoder().decode(data.get(i).getEmbedding());
                vectors[i] = new float[bytes.length / Float.BYTES];
                ByteBuffer.wrap(bytes)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer()
                        .get(vectors[i]);
            }
            answer.vectors(vectors);
        }
    }
}
