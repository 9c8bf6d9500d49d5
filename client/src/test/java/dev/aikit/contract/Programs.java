package dev.aikit.contract;

import dev.aikit.Form;
import dev.aikit.OpenAI;
import dev.aikit.Worker;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import java.awt.EventQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** Programs whose main returns while a call is under way; each prints when it has, and what its callback received. */
final class Programs {
    private Programs() {}

    /** Which program, and the server's address. */
    public static void main(String[] arguments) throws Exception {
        OpenAI client = OpenAI.create(c -> c.baseURL(arguments[1]).maxRetries(0));
        tellWhenMainIsOver(Thread.currentThread());
        var completions = client.chat().completions();
        switch (arguments[0]) {
            case "asynchronous" -> completions.create(Observed.MESSAGES, p -> p.formula(Programs::print));
            case "stream" ->
                completions.create(Observed.MESSAGES, p -> p.onData(piece -> {}).onTerminate(Programs::print));
            case "worker" ->
                Worker.named("program")
                        .call(() -> completions.create(Observed.MESSAGES, p -> p.formula(Programs::print)));
            case "pumped worker" -> {
                AtomicBoolean called = new AtomicBoolean();
                Worker main = Worker.here("main");
                completions.create(Observed.MESSAGES, p -> p.formula(r -> called.set(true)));
                System.out.println("MAIN IS OVER"); // not quite: it pumps
                main.runUntil(called::get);
                System.out.println("CALLED BACK main");
            }
            case "pumped worker that is not pumped" -> {
                Worker.here("main");
                completions.create(Observed.MESSAGES, p -> p.onData(piece -> {}).formula(Programs::print));
            }
            case "swing" ->
                EventQueue.invokeAndWait(() -> completions.create(Observed.MESSAGES, p -> p.formula(Programs::print)));
            case "form" ->
                completions.create(
                        Observed.MESSAGES,
                        p -> p.onData(piece -> {}).onTerminate(Programs::print).on(Form.swing()));
            case "throwing" ->
                completions.create(
                        Observed.MESSAGES,
                        p -> p.formula(Programs::print).onResponse(r -> {
                            throw new IllegalStateException("mine");
                        }));
            case "two calls" ->
                completions.create(
                        Observed.MESSAGES,
                        p -> p.formula(first -> completions.create(
                                Observed.MESSAGES, q -> q.onData(piece -> {}).formula(Programs::print))));
            case "no handle" ->
                completions.create(Observed.MESSAGES, p -> p.async()).future().thenAccept(Programs::print);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void tellWhenMainIsOver(Thread main) {
        Thread watch = new Thread(() -> {
            try {
                main.join();
                System.out.println("MAIN IS OVER");
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
            }
        });
        watch.setDaemon(true);
        watch.start();
    }

    private static void print(OpenAIChatCompletionsResult result) {
        System.out.println("CALLED BACK " + result.choice().text());
    }
}
