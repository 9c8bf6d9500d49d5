package dev.aikit.local.internal.embedding;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import dev.aikit.local.internal.NativeFolder;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/** Starts ONNX Runtime so that it leaves no files behind, sends no telemetry, and does not end the program with a crash. */
final class Onnx {
    private static final System.Logger LOG = System.getLogger("dev.aikit.local");
    private static final String LIBRARIES = "onnxruntime.native.path";
    private static final OrtLoggingLevel LEVEL = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR;
    private static final String NAME = "aikit-local";

    private static final ReadWriteLock WORK = new ReentrantReadWriteLock();

    private static volatile boolean ending;
    private static @Nullable OrtEnvironment environment;

    static {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(Onnx::letNothingGoOn, "aikit-local-exit"));
        } catch (IllegalStateException programEnds) {
            ending = true;
        }
    }

    private Onnx() {}

    /** The process takes the library down when all shutdown hooks have ended: a model that went on would fail aloud, or crash. */
    private static void letNothingGoOn() {
        ending = true;
        WORK.writeLock().lock(); // for good
    }

    /**
     * Native work begins, to be ended by {@link #end}.
     *
     * @throws CancellationException if the program ends
     */
    static void begin() {
        if (ending || !WORK.readLock().tryLock()) throw new CancellationException("the program ends");
    }

    static void end() {
        WORK.readLock().unlock();
    }

    static synchronized OrtEnvironment environment() throws OrtException {
        if (environment != null) return environment;
        NativeFolder folder = System.getProperty(LIBRARIES) == null
                ? NativeFolder.unpack(
                        Onnx.class.getClassLoader(),
                        "ai/onnxruntime/native/" + system() + "-" + processor(),
                        "onnxruntime",
                        "onnxruntime4j_jni")
                : null;
        if (folder != null) System.setProperty(LIBRARIES, folder.path().toString());
        try {
            holdEnvironment();
            OrtEnvironment made = OrtEnvironment.getEnvironment(LEVEL, NAME);
            made.setTelemetry(false);
            return environment = made;
        } finally {
            if (folder != null) {
                System.clearProperty(LIBRARIES);
                folder.deleteNow();
            }
        }
    }

    /**
     * Takes a reference on the native environment that is never given back. The library frees the environment in a shutdown
     * hook; a model that is just loading or running then crashes the virtual machine, exit code and all. It has no public way
     * to prevent that.
     */
    private static void holdEnvironment() {
        try {
            Class<?> runtime = Class.forName("ai.onnxruntime.OnnxRuntime");
            Method load = runtime.getDeclaredMethod("init");
            load.setAccessible(true);
            load.invoke(null);
            Field api = runtime.getDeclaredField("ortApiHandle");
            api.setAccessible(true);
            Method hold = OrtEnvironment.class.getDeclaredMethod("createHandle", long.class, int.class, String.class);
            hold.setAccessible(true);
            hold.invoke(null, api.getLong(null), LEVEL.getValue(), NAME);
        } catch (ReflectiveOperationException | RuntimeException changed) {
            LOG.log(System.Logger.Level.DEBUG, "an exit while a model is loading may crash", changed);
        }
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.contains("win") ? "win" : name.contains("mac") ? "osx" : "linux";
    }

    private static String processor() {
        String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return name.equals("amd64") || name.equals("x86_64") ? "x64" : name.equals("arm64") ? "aarch64" : name;
    }
}
