package dev.aikit.local.internal.gguf;

import dev.aikit.local.internal.chat.ToolCallReader;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the head of a GGUF file says about its model. The format: magic, version, two counts, then key, type and value
 * of each entry; all numbers little-endian.
 *
 * @param architecture such as {@code llama}; empty if it is not said
 * @param contextLength the most tokens that the model was trained to read; 0 if it is not said
 * @param chatTemplate how a conversation is written for the model; empty if it is not said
 * @param addsStart whether a token that marks the start comes before each prompt
 */
record GgufHeader(String architecture, int contextLength, String chatTemplate, boolean addsStart) {
    private static final int MAGIC = 0x46554747; // GGUF
    private static final int LONGEST_TEXT = 1 << 24;
    private static final Set<Integer> VERSIONS = Set.of(2, 3);

    boolean hasChatTemplate() {
        return !chatTemplate.isEmpty();
    }

    /**
     * Whether the template tells the model of tools, and calls are written as JSON between tags. Other ways of writing them are
     * not read here.
     */
    boolean knowsTools() {
        return chatTemplate.contains("tools")
                && chatTemplate.contains(ToolCallReader.OPEN)
                && !chatTemplate.contains("<function=");
    }

    static GgufHeader read(Path file) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            return new Reader(in).header();
        } catch (EOFException | IllegalArgumentException damaged) {
            throw new IllegalArgumentException("gguf: not a GGUF file of version 2 or 3: " + file, damaged);
        } catch (IOException error) {
            throw new UncheckedIOException("cannot read " + file, error);
        }
    }

    private static GgufHeader of(Map<String, Object> entries) {
        String architecture = entries.getOrDefault("general.architecture", "").toString();
        Object context = entries.get(architecture + ".context_length");
        boolean sentencePiece = "llama".equals(entries.get("tokenizer.ggml.model"));
        return new GgufHeader(
                architecture,
                context instanceof Number number ? number.intValue() : 0,
                entries.getOrDefault("tokenizer.chat_template", "").toString(),
                entries.getOrDefault("tokenizer.ggml.add_bos_token", sentencePiece)
                        .equals(true));
    }

    private static final class Reader {
        private final DataInputStream in;

        Reader(DataInputStream in) {
            this.in = in;
        }

        GgufHeader header() throws IOException {
            if (u32() != MAGIC || !VERSIONS.contains(u32()))
                throw new IllegalArgumentException("no such magic and version");
            in.readLong(); // number of tensors
            Map<String, Object> entries = new HashMap<>();
            for (long left = u64(); left > 0; left--) {
                String key = text();
                entries.put(key, value(u32()));
            }
            return of(entries);
        }

        private Object value(int type) throws IOException {
            return switch (type) {
                case 0, 1 -> in.readByte();
                case 2, 3 -> Short.reverseBytes(in.readShort());
                case 4, 5 -> u32();
                case 6 -> Float.intBitsToFloat(u32());
                case 7 -> in.readByte() != 0;
                case 8 -> text();
                case 9 -> array();
                case 10, 11 -> u64();
                case 12 -> Double.longBitsToDouble(u64());
                default -> throw new IllegalArgumentException("no value type " + type);
            };
        }

        /** Lists are vocabularies: they are long, and nothing in them is needed. */
        private String array() throws IOException {
            int type = u32();
            for (long left = u64(); left > 0; left--) value(type);
            return "";
        }

        private String text() throws IOException {
            long length = u64();
            if (length < 0 || length > LONGEST_TEXT)
                throw new IllegalArgumentException("a text of " + length + " bytes");
            byte[] bytes = new byte[(int) length];
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }

        private int u32() throws IOException {
            return Integer.reverseBytes(in.readInt());
        }

        private long u64() throws IOException {
            return Long.reverseBytes(in.readLong());
        }
    }
}
