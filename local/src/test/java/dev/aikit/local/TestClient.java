package dev.aikit.local;

import dev.aikit.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Speaks plain HTTP to a server, with the JDK's client. */
public final class TestClient {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String baseURL;

    public TestClient(String baseURL) {
        this.baseURL = baseURL;
    }

    /** Status, headers and body of an answer. */
    public record Answer(int status, Map<String, List<String>> headers, String body) {
        public Json json() {
            return Json.parse(body);
        }

        public String header(String name) {
            return headers.getOrDefault(name, List.of("")).get(0);
        }

        /** The text of a chat completion. */
        public String text() {
            return json().get("choices").get(0).get("message").get("content").asText();
        }

        /** The data of each server-sent event. */
        public List<String> events() {
            return body.lines()
                    .filter(line -> !line.isEmpty())
                    .map(line -> line.substring("data: ".length()))
                    .toList();
        }

        /** The events of a stream but for {@code [DONE]}. */
        public List<Json> chunks() {
            return events().stream()
                    .filter(event -> !event.equals("[DONE]"))
                    .map(Json::parse)
                    .toList();
        }

        /** The text of a streamed chat completion. */
        public String streamedText() {
            return chunks().stream()
                    .map(chunk -> chunk.get("choices")
                            .get(0)
                            .get("delta")
                            .get("content")
                            .asText())
                    .collect(Collectors.joining());
        }
    }

    public Answer get(String path) {
        return send("GET", path, "");
    }

    public Answer post(String path, Map<String, ?> body) {
        return send("POST", path, Json.of(body).toString());
    }

    public Answer chat(String model, String question, Map<String, ?> more) {
        Json body = Json.of(Map.of("model", model, "messages", List.of(user(question))));
        for (Map.Entry<String, ?> field : more.entrySet()) body = body.with(field.getKey(), field.getValue());
        return send("POST", "/chat/completions", body.toString());
    }

    public static Map<String, Object> user(Object content) {
        return Map.of("role", "user", "content", content);
    }

    public Answer upload(String path, UploadBody body) {
        return send("POST", path, "multipart/form-data; boundary=" + UploadBody.BOUNDARY, body.bytes());
    }

    public byte[] bytes(String path) {
        return send(request(path).build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    public Answer send(String method, String path, String body) {
        return answer(request(path)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    public Answer send(String method, String path, String contentType, byte[] body) {
        return answer(request(path)
                .header("Content-Type", contentType)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(baseURL + path)).timeout(Duration.ofMinutes(1));
    }

    private static Answer answer(HttpRequest request) {
        HttpResponse<String> response = send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.headers().map(), response.body());
    }

    private static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return HTTP.send(request, handler);
        } catch (IOException error) {
            throw new AssertionError(error);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
