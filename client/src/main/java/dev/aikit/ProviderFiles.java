package dev.aikit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where {@code AIProviders.json} may be.
 *
 * @param os as the system property {@code os.name} has it
 */
record ProviderFiles(Map<String, String> environment, Path workingDirectory, String os) {
    static final String VARIABLE = "AIKIT_PROVIDERS";
    static final String NAME = "AIProviders.json";

    /** A file, and whether somebody named it or owns the folder, or whether it was merely lying about. */
    record Found(Path file, boolean trusted) {}

    static ProviderFiles of(Map<String, String> environment) {
        return new ProviderFiles(environment, Path.of("").toAbsolutePath(), System.getProperty("os.name", ""));
    }

    /** The first one there is; null if there is none. */
    @Nullable
    Found find() {
        String named = value(VARIABLE);
        if (named != null) return new Found(existing("the environment variable " + VARIABLE, named), true);
        Path here = workingDirectory.resolve(NAME);
        if (Files.isRegularFile(here)) return new Found(here, false);
        Path folder = configurationFolder();
        Path own = folder == null ? null : folder.resolve("aikit").resolve(NAME);
        return own != null && Files.isRegularFile(own) ? new Found(own, true) : null;
    }

    private Path existing(String who, String path) {
        Path file = workingDirectory.resolve(path);
        if (!Files.isRegularFile(file)) throw new IllegalArgumentException(who + ": there is no file " + file);
        return file;
    }

    /** The user's folder for settings, as the platform has it; null if the environment does not tell. */
    private @Nullable Path configurationFolder() {
        String system = os.toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) return below("APPDATA", "");
        if (system.startsWith("mac")) return below("HOME", "Library/Application Support");
        String xdg = value("XDG_CONFIG_HOME");
        if (xdg != null && Path.of(xdg).isAbsolute()) return Path.of(xdg);
        return below("HOME", ".config");
    }

    private @Nullable Path below(String variable, String path) {
        String folder = value(variable);
        return folder == null ? null : Path.of(folder).resolve(path);
    }

    private @Nullable String value(String variable) {
        String value = environment.get(variable);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
