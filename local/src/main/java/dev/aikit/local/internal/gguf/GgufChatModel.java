package dev.aikit.local.internal.gguf;

import dev.aikit.local.internal.ApiError;
import dev.aikit.local.internal.Lazy;
import dev.aikit.local.internal.chat.Answer;
import dev.aikit.local.internal.chat.ChatModel;
import dev.aikit.local.internal.chat.ChatRequest;
import dev.aikit.local.internal.chat.ToolCallReader;
import java.nio.file.Path;

/** A GGUF file as a chat model; loaded when it is first asked. */
public final class GgufChatModel implements ChatModel {
    private final String name;
    private final GgufHeader header;
    private final Lazy<Llama> llama;

    private GgufChatModel(String name, GgufHeader header, Lazy<Llama> llama) {
        this.name = name;
        this.header = header;
        this.llama = llama;
    }

    /**
     * Reads the head of the file.
     *
     * @throws IllegalArgumentException if it is not a GGUF file
     * @throws IllegalStateException if the library that runs such files is not there
     */
    public static GgufChatModel of(Path file) {
        GgufHeader header = GgufHeader.read(file);
        requireLibrary();
        String name = file.getFileName().toString().replaceFirst("(?i)\\.gguf$", "");
        return new GgufChatModel(name, header, new Lazy<>(name, () -> Llama.load(file, header)));
    }

    private static void requireLibrary() {
        try {
            Class.forName("de.kherud.llama.ModelParameters", false, GgufChatModel.class.getClassLoader());
        } catch (ClassNotFoundException absent) {
            throw new IllegalStateException(
                    "a GGUF file needs the library de.kherud:llama (version 4.2.0 or a later 4.x): add it to the class path",
                    absent);
        }
    }

    /** The file's name without {@code .gguf}. */
    public String name() {
        return name;
    }

    /** For the list of models. */
    public String description() {
        return "A GGUF file" + (header.architecture().isEmpty() ? "" : " of the architecture " + header.architecture())
                + ", run by llama.cpp inside of this JVM, "
                + (header.hasChatTemplate()
                        ? "with the file's own chat template" + (header.knowsTools() ? ", which knows tools." : ".")
                        : "as a base model: the file has no chat template, so the messages are put together and continued.");
    }

    @Override
    public void check(ChatRequest request) {
        if (request.tools().isFree() && !header.knowsTools()) {
            throw ApiError.field(
                    "tools",
                    name + " knows no tools: its file has no chat template that describes tools and has calls between "
                            + ToolCallReader.OPEN
                            + " tags. Leave 'tools' out, set 'tool_choice' to 'none', or force a call"
                            + " with 'required' or a tool's name.");
        }
        Constraint.check(request);
    }

    @Override
    public void answer(ChatRequest request, Answer answer) {
        llama.get().answer(request, answer);
    }

    @Override
    public void preload() {
        llama.start();
    }

    @Override
    public void close() {
        llama.close();
    }
}
