package dev.aikit.local.internal;

import dev.aikit.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that ends with an error, in the form that OpenAI gives its errors. */
public final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String INVALID = "invalid_request_error";

    private final int status;
    private final String type;
    private final @Nullable String param;
    private final @Nullable String code;
    private final transient Map<String, String> headers;

    private ApiError(
            int status,
            String type,
            @Nullable String param,
            @Nullable String code,
            String message,
            Map<String, String> headers,
            @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.status = status;
        this.type = type;
        this.param = param;
        this.code = code;
        this.headers = headers;
    }

    /** 400: a field of the request, named in {@code param}, is not as it should be. */
    public static ApiError field(@Nullable String param, String message) {
        return new ApiError(400, INVALID, param, null, message, Map.of(), null);
    }

    /** 400: there is more text than the model can read. */
    public static ApiError tooLong(String message) {
        return new ApiError(400, INVALID, "messages", "context_length_exceeded", message, Map.of(), null);
    }

    /** Any other status that is the request's fault. */
    public static ApiError request(int status, @Nullable String code, String message) {
        return new ApiError(status, INVALID, null, code, message, Map.of(), null);
    }

    /** 404: there is no model of that name. */
    public static ApiError noSuchModel(String message) {
        return new ApiError(404, INVALID, "model", "model_not_found", message, Map.of(), null);
    }

    /** 404: there is no such thing; {@code param} names what it was looked for by. */
    public static ApiError notFound(String param, String message) {
        return new ApiError(404, INVALID, param, null, message, Map.of(), null);
    }

    /** 405: the path is right, the method is not. */
    public static ApiError method(String allowed, String message) {
        return new ApiError(405, INVALID, null, "method_not_allowed", message, Map.of("Allow", allowed), null);
    }

    /** 429: more is waiting already than will be kept waiting. */
    public static ApiError busy(String message) {
        return new ApiError(429, "rate_limit_error", null, "queue_full", message, Map.of("Retry-After", "1"), null);
    }

    /** 501: a part of OpenAI's API that this server does not have. */
    public static ApiError notOffered(String message) {
        return new ApiError(501, "not_implemented_error", null, "not_offered", message, Map.of(), null);
    }

    /** 503: the server takes no more requests. */
    public static ApiError closing() {
        String message = "the server is closing";
        return new ApiError(503, "server_error", null, null, message, Map.of("Connection", "close"), null);
    }

    /** 500: something failed that should not have. */
    public static ApiError server(String message, Throwable cause) {
        return new ApiError(500, "server_error", null, null, message, Map.of(), cause);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Headers of the answer that belong to this error. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The body of the answer. */
    public Json body() {
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("message", getMessage());
        error.put("type", type);
        error.put("param", param);
        error.put("code", code);
        return Json.of(Map.of("error", error));
    }
}
