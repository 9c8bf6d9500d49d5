package dev.aikit.local.internal.gguf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** The tiny model that lies beside the repository, where there is one. */
public final class StoriesModel {
    /** Tests run in the folder of their module. */
    public static final Path FILE = Path.of("../../shared/models/stories260K.gguf");

    private static final String TEMPLATE =
            "{% for m in messages %}{{ m.role }} said: {{ m.content }}. {% endfor %}answer:";
    private static final int COUNT_OF_ENTRIES = 16;
    private static final int FIRST_ENTRY = 24;
    private static final int ALIGNMENT = 32;

    private StoriesModel() {}

    /** What the template makes of a system message and a user message. */
    public static String asByTemplate(String system, String user) {
        return "system said: " + system + ". user said: " + user + ". answer:";
    }

    /** Writes a copy of the model with a chat template. */
    public static Path withChatTemplate(Path copy) throws IOException {
        return withChatTemplate(copy, TEMPLATE);
    }

    /** Writes a copy of the model with this chat template. */
    public static Path withChatTemplate(Path copy, String template) throws IOException {
        byte[] model = Files.readAllBytes(FILE);
        ByteBuffer head = ByteBuffer.wrap(model).order(ByteOrder.LITTLE_ENDIAN);
        head.putLong(COUNT_OF_ENTRIES, head.getLong(COUNT_OF_ENTRIES) + 1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(model, 0, FIRST_ENTRY);
        out.writeBytes(entry(template));
        out.write(model, FIRST_ENTRY, model.length - FIRST_ENTRY);
        return Files.write(copy, out.toByteArray());
    }

    /** The weights must stay where they are but for a multiple of the alignment. A comment fills up. */
    private static byte[] entry(String template) {
        byte[] entry = GgufWriter.textEntry("tokenizer.chat_template", template);
        int missing = ALIGNMENT - (entry.length + "{##}".length()) % ALIGNMENT;
        return GgufWriter.textEntry("tokenizer.chat_template", "{#" + " ".repeat(missing) + "#}" + template);
    }
}
