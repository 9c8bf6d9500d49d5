package dev.aikit;

import java.awt.EventQueue;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The user interface as a place for callbacks (the kit's CALL FORM): what runs there may touch its windows.
 *
 * <pre>{@code
 * client.chat().completions().create(messages, p -> p.onResponse(answer -> label.setText(answer.choice().text())).on(Form.swing()));
 * }</pre>
 *
 * <p>A call that is made on the thread of Swing or of JavaFX calls back there without being told to.
 */
public final class Form implements CallbackTarget {
    private final String name;
    private final Executor executor;
    private final BooleanSupplier onThread;

    private Form(String name, Executor executor, BooleanSupplier onThread) {
        this.name = name;
        this.executor = executor;
        this.onThread = onThread;
    }

    /** Swing and AWT: the event dispatch thread. */
    public static Form swing() {
        return Swing.FORM;
    }

    /**
     * JavaFX: its application thread.
     *
     * @throws IllegalStateException if JavaFX is not among the program's libraries
     */
    public static Form javafx() {
        return JavaFx.form();
    }

    /**
     * Another toolkit: {@code Form.of("SWT", display::asyncExec, () -> Display.getCurrent() == display)}.
     *
     * @param name for messages
     * @param executor runs a task on the toolkit's thread, later, and returns at once
     * @param onThread whether the calling thread is the toolkit's
     */
    public static Form of(String name, Executor executor, BooleanSupplier onThread) {
        return new Form(
                Objects.requireNonNull(name, "name"),
                Objects.requireNonNull(executor, "executor"),
                Objects.requireNonNull(onThread, "onThread"));
    }

    /** The form on whose thread this is called: Swing's or JavaFX's; null on any other thread. Loads no toolkit. */
    public static @Nullable Form current() {
        Thread thread = Thread.currentThread();
        if (thread.getClass().getName().equals("java.awt.EventDispatchThread")) return swing();
        if (thread.getName().equals("JavaFX Application Thread") && javafx().isCurrentThread()) return javafx();
        return null;
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    @Override
    public boolean isCurrentThread() {
        return onThread.getAsBoolean();
    }

    @Override
    public String toString() {
        return "Form[" + name + "]";
    }

    /** Loaded only by programs that use Swing. */
    private static final class Swing {
        static final Form FORM = new Form("Swing", EventQueue::invokeLater, EventQueue::isDispatchThread);
    }

    /** By reflection: the library does without JavaFX. */
    private static final class JavaFx {
        private static volatile @Nullable Form form;

        static Form form() {
            Form known = form;
            return known != null ? known : (form = make());
        }

        private static Form make() {
            try {
                Class<?> platform = platform();
                MethodHandles.Lookup lookup = MethodHandles.publicLookup();
                MethodHandle runLater =
                        lookup.findStatic(platform, "runLater", MethodType.methodType(void.class, Runnable.class));
                MethodHandle onThread =
                        lookup.findStatic(platform, "isFxApplicationThread", MethodType.methodType(boolean.class));
                return new Form("JavaFX", task -> invoke(runLater, task), () -> Boolean.TRUE.equals(invoke(onThread)));
            } catch (ReflectiveOperationException error) {
                throw new IllegalStateException("JavaFX (javafx.graphics) is not among the program's libraries", error);
            }
        }

        private static Class<?> platform() throws ClassNotFoundException {
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            return Class.forName(
                    "javafx.application.Platform", true, context != null ? context : Form.class.getClassLoader());
        }

        private static @Nullable Object invoke(MethodHandle method, Object... arguments) {
            try {
                return method.invokeWithArguments(arguments);
            } catch (RuntimeException | Error error) {
                throw error;
            } catch (Throwable error) {
                throw new IllegalStateException(error);
            }
        }
    }
}
