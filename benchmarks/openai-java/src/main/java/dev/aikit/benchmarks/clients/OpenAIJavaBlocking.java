package dev.aikit.benchmarks.clients;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import dev.aikit.benchmarks.Client;
import dev.aikit.benchmarks.Question;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** openai-java with its blocking client in a pool, a thread for each call that is in flight. */
public final class OpenAIJavaBlocking implements Client {
    private final OpenAIClient client;
    private final ExecutorService pool;

    public OpenAIJavaBlocking(String baseURL, int inFlight) {
        client = OpenAIOkHttpClient.builder().baseUrl(baseURL).apiKey("sk-test").build();
        pool = Executors.newFixedThreadPool(inFlight);
    }

    @Override
    public void chat(Question question, Answer answer) {
        pool.execute(new Runnable() {
            @Override
            public void run() {
                String text;
                try {
                    text = OpenAIJava.text(client.chat().completions().create(OpenAIJava.parameters(question)));
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
        pool.execute(new Runnable() {
            @Override
            public void run() {
                try (StreamResponse<ChatCompletionChunk> response =
                        client.chat().completions().createStreaming(OpenAIJava.parameters(question))) {
                    for (Iterator<ChatCompletionChunk> chunks =
                                    response.stream().iterator();
                            chunks.hasNext(); ) OpenAIJava.text(chunks.next(), pieces);
                } catch (RuntimeException failure) {
                    pieces.end(failure);
                    return;
                }
                pieces.end(null);
            }
        });
    }

    @Override
    public void embed(List<String> inputs, Answer answer) {
        pool.execute(new Runnable() {
            @Override
            public void run() {
                float[][] vectors;
                try {
                    vectors = OpenAIJava.vectors(client.embeddings().create(OpenAIJava.parameters(inputs)));
                } catch (RuntimeException failure) {
                    answer.failed(failure);
                    return;
                }
                answer.vectors(vectors);
            }
        });
    }
}
