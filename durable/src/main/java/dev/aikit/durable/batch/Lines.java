package dev.aikit.durable.batch;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The lines of a text in UTF-8, blank ones passed over. */
final class Lines implements Closeable {
    /** More than any server takes; a file without line ends must not fill the memory. */
    private static final int LONGEST = 100 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int at;
    private int end;
    private long number;

    Lines(InputStream in) {
        this.in = in;
    }

    /** The number of the line that was read last, from 1. */
    long number() {
        return number;
    }

    /** The next one that is not blank; null at the end. */
    @Nullable
    String next() throws IOException {
        while (true) {
            if (!read()) return null;
            number++;
            String text = text();
            if (number == 1 && text.startsWith("\uFEFF")) text = text.substring(1);
            if (!text.isBlank()) return text;
        }
    }

    /** False if nothing is left. */
    private boolean read() throws IOException {
        line.reset();
        boolean any = false;
        while (true) {
            if (at == end) {
                at = 0;
                end = in.read(buffer);
                if (end <= 0) {
                    end = 0;
                    return any;
                }
            }
            any = true;
            int from = at;
            while (at < end && buffer[at] != '\n') at++;
            line.write(buffer, from, at - from);
            if (line.size() > LONGEST)
                throw new BatchInputException(number + 1, "at most " + (LONGEST >> 20) + " MB expected");
            if (at < end) {
                at++;
                return true;
            }
        }
    }

    private String text() throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.toByteArray()))
                    .toString();
        } catch (CharacterCodingException other) {
            throw new BatchInputException(number, "text in UTF-8 expected");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
