package dev.aikit.benchmarks.clients;

import dev.aikit.benchmarks.Client;
import dev.aikit.benchmarks.Question;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** langchain4j: streams call back, all else blocks, here in a pool. */
public final class LangChain4j implements Client {
    private final String baseURL;
    private final ExecutorService pool;
    private OpenAiChatModel chat;
    private OpenAiStreamingChatModel streaming;
    private OpenAiEmbeddingModel embedding;

    public LangChain4j(String baseURL, int inFlight) {
        this.baseURL = baseURL;
        pool = Executors.newFixedThreadPool(inFlight);
    }

    private static List<ChatMessage> messages(Question question) {
        List<ChatMessage> messages = new ArrayList<>(question.messages().size());
        for (Question.Message message : question.messages()) {
            messages.add(
                    switch (message.role()) {
                        case "system" -> SystemMessage.from(message.text());
                        case "user" -> UserMessage.from(message.text());
                        default -> AiMessage.from(message.text());
                    });
        }
        return messages;
    }

    @Override
    public synchronized void chat(Question question, Answer answer) {
        if (chat == null)
            chat = OpenAiChatModel.builder()
                    .baseUrl(baseURL)
                    .apiKey("sk-test")
                    .modelName(MODEL)
                    .build();
        pool.execute(new Runnable() {
            @Override
            public void run() {
                String text;
                try {
                    text = chat.chat(messages(question)).aiMessage().text();
                } catch (RuntimeException failure) {
                    answer.failed(failure);
                    return;
                }
                answer.text(text);
            }
        });
    }

    @Override
    public synchronized void stream(Question question, Pieces pieces) {
        if (streaming == null)
            streaming = OpenAiStreamingChatModel.builder()
                    .baseUrl(baseURL)
                    .apiKey("sk-test")
                    .modelName(MODEL)
                    .build();
        streaming.chat(messages(question), new Handler(pieces));
    }

    @Override
    public synchronized void embed(List<String> inputs, Answer answer) {
        if (embedding == null)
            embedding = OpenAiEmbeddingModel.builder()
                    .baseUrl(baseURL)
                    .apiKey("sk-test")
                    .modelName("text-embedding-3-small")
                    .encodingFormat("base64")
                    .build();
        pool.execute(new Runnable() {
            @Override
            public void run() {
                float[][] vectors;
                try {
                    List<TextSegment> segments = new ArrayList<>(inputs.size());
                    for (String input : inputs) segments.add(TextSegment.from(input));
                    List<Embedding> embeddings = embedding.embedAll(segments).content();
                    vectors = new float[embeddings.size()][];
                    for (int i = 0; i < vectors.length; i++)
                        vectors[i] = embeddings.get(i).vector();
                } catch (RuntimeException failure) {
                    answer.failed(failure);
                    return;
                }
                answer.vectors(vectors);
            }
        });
    }

    private record Handler(Pieces pieces) implements StreamingChatResponseHandler {
        @Override
        public void onPartialResponse(String text) {
            pieces.text(text);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            pieces.end(null);
        }

        @Override
        public void onError(Throwable failure) {
            pieces.end(failure);
        }
    }
}
