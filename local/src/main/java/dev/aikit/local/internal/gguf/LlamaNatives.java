package dev.aikit.local.internal.gguf;

import de.kherud.llama.LlamaModel;
import de.kherud.llama.args.LogFormat;
import dev.aikit.local.internal.NativeFolder;
import java.util.Locale;

/** Loads the native side of {@code de.kherud:llama} from a folder of its own. */
final class LlamaNatives {
    private static final String LIBRARY = "de.kherud.llama.lib.path";
    private static final String TEMPORARY = "de.kherud.llama.tmpdir";

    private LlamaNatives() {}

    /** Loads it, unless the user's settings say from where; on a system that is not known, leaves it to itself. */
    static synchronized void load() {
        if (System.getProperty(LIBRARY) != null || System.getProperty(TEMPORARY) != null) return;
        ClassLoader loader = LlamaNatives.class.getClassLoader();
        NativeFolder folder = NativeFolder.unpack(loader, "de/kherud/llama/" + system() + "/" + processor(), "jllama");
        if (folder == null) return;
        // Before it loads, it deletes from its temporary folder what looks like an older copy of it.
        NativeFolder empty = NativeFolder.create();
        System.setProperty(TEMPORARY, empty.path().toString());
        System.setProperty(LIBRARY, folder.path().toString());
        try {
            LlamaModel.setLogger(LogFormat.TEXT, (level, message) -> {}); // any call loads it
        } finally {
            System.clearProperty(TEMPORARY);
            System.clearProperty(LIBRARY);
            folder.deleteNow();
            empty.deleteNow();
        }
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.contains("win") ? "Windows" : name.contains("mac") ? "Mac" : "Linux";
    }

    private static String processor() {
        String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return name.equals("amd64") ? "x86_64" : name.equals("arm64") ? "aarch64" : name;
    }
}
