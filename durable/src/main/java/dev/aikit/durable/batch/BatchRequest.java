package dev.aikit.durable.batch;

import dev.aikit.json.Json;

/**
 * One request of a batch.
 *
 * @param line where it stands, from 1
 * @param url as OpenAI writes it in a batch: "/v1/chat/completions"
 */
record BatchRequest(long line, String customId, String url, Json body) {
    /** Below the client's base URL, which has the version already. */
    String path() {
        return url.substring("/v1".length());
    }

    /** The kit's name of the function that it calls. */
    String function() {
        String name = path().substring(1).replace('/', '.');
        return name.equals("images.generations")
                ? "images.generate"
                : name.equals("completions") || name.equals("responses") ? "POST " + path() : name + ".create";
    }

    /** As a line of OpenAI's format. */
    Json json() {
        return Json.missing()
                .with("custom_id", customId)
                .with("method", "POST")
                .with("url", url)
                .with("body", body);
    }
}
