package dev.aikit.chat;

import dev.aikit.internal.Checks;
import dev.aikit.internal.pictures.PictureUrls;
import dev.aikit.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A message of a conversation. Immutable. A message that came from a model keeps every field that it came with, known here
 * or not, and is sent back with all of them.
 *
 * @param json the object as it is sent
 */
public record OpenAIMessage(Json json) {
    /** A message with that role and text. */
    public static OpenAIMessage of(String role, String text) {
        if (text == null) throw new IllegalArgumentException("text: a text expected, not null");
        return new OpenAIMessage(
                Json.of(Map.of()).with("role", Checks.text("role", role)).with("content", text));
    }

    /** What the model should be. */
    public static OpenAIMessage system(String text) {
        return of("system", text);
    }

    /** The same for newer models of OpenAI. */
    public static OpenAIMessage developer(String text) {
        return of("developer", text);
    }

    /** What the user says. */
    public static OpenAIMessage user(String text) {
        return of("user", text);
    }

    /** What the model said. */
    public static OpenAIMessage assistant(String text) {
        return of("assistant", text);
    }

    /** What a tool answered to the call with that id. */
    public static OpenAIMessage tool(String toolCallId, String text) {
        return new OpenAIMessage(of("tool", text).json.with("tool_call_id", Checks.text("toolCallId", toolCallId)));
    }

    /** Who speaks: "system", "user", "assistant", "tool"; "" where a server does not say. */
    public String role() {
        return json.get("role").asText();
    }

    /** A text, or an array of parts. */
    public Json content() {
        return json.get("content");
    }

    /** The text: of several parts, those that are text, one after the other; "" if there is none. */
    public String text() {
        Json content = content();
        if (!content.isArray()) return content.asText();
        return content.items().stream().map(part -> part.get("text").asText()).collect(Collectors.joining());
    }

    /** The name of the user who speaks; "" if none is set. */
    public String user() {
        return json.get("user").asText();
    }

    /** This message with the name of the user who speaks. */
    public OpenAIMessage withUser(String name) {
        return new OpenAIMessage(json.with("user", Checks.text("user", name)));
    }

    /** What the model wants called; empty if nothing. */
    public List<OpenAIToolCall> toolCalls() {
        return json.get("tool_calls").map(OpenAIToolCall::new);
    }

    /** Which call this message answers; "" if none. */
    public String toolCallId() {
        return json.get("tool_call_id").asText();
    }

    /** What the model thought before it spoke, where a server shows it ({@code reasoning_content} or {@code reasoning}). */
    public String reasoning() {
        return json.get("reasoning_content").asText(json.get("reasoning").asText());
    }

    /** Why the model will not answer; "" if it does. */
    public String refusal() {
        return json.get("refusal").asText();
    }

    /** This message with a picture, by its address ({@code https:} or {@code data:}). */
    public OpenAIMessage addImageURL(String url) {
        return addImageURL(url, "auto");
    }

    /** The same with "low", "high" or "auto" detail. */
    public OpenAIMessage addImageURL(String url, String detail) {
        Map<String, String> image = Map.of("url", Checks.text("url", url), "detail", Checks.text("detail", detail));
        return with(Map.of("type", "image_url", "image_url", image));
    }

    /**
     * This message with the picture in a file: PNG, JPEG, GIF or WebP of at most {@link OpenAIVision#MAX_PICTURE_BYTES}.
     *
     * @throws IllegalArgumentException if it is something else
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public OpenAIMessage addImageFile(Path imageFile) {
        return addImageURL(PictureUrls.ofFile("imageFile", imageFile));
    }

    /**
     * This message with a picture of at most {@link OpenAIVision#MAX_PICTURE_BYTES}.
     *
     * @param mediaType such as "image/png"
     * @throws IllegalArgumentException if it is something else
     */
    public OpenAIMessage addPicture(byte[] image, String mediaType) {
        return addImageURL(PictureUrls.of("image", image, mediaType));
    }

    /** This message with a file that was uploaded before. */
    public OpenAIMessage addFileId(String fileId) {
        return with(Map.of("type", "file", "file", Map.of("file_id", Checks.text("fileId", fileId))));
    }

    private OpenAIMessage with(Map<String, ?> part) {
        List<Object> parts = new ArrayList<>(content().items());
        if (content().isString()) parts.add(Map.of("type", "text", "text", text()));
        parts.add(part);
        return new OpenAIMessage(json.with("content", parts));
    }

    /** The role and the text. */
    @Override
    public String toString() {
        return role() + ": " + text();
    }
}
