package dev.aikit.benchmarks;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A program that makes one call and ends: arguments as of {@link Trial}, client class and port. Loads little of its own. */
public final class Start implements Client.Answer {
    private final CountDownLatch done = new CountDownLatch(1);
    private boolean right;

    private Start() {}

    public static void main(String[] arguments) throws Exception {
        Client client = (Client) Class.forName(arguments[0])
                .getConstructor(String.class, int.class)
                .newInstance(arguments[1], 1);
        Start start = new Start();
        client.chat(
                new Question(List.of(
                        new Question.Message("system", "You are a helpful assistant."),
                        new Question.Message("user", "Could you explain me why 42 is a special number?"))),
                start);
        start.done.await();
        System.exit(start.right ? 0 : 1);
    }

    @Override
    public void text(String text) {
        right = text.length() == 130;
        done.countDown();
    }

    @Override
    public void unread(int bytes) {
        right = bytes > 130;
        done.countDown();
    }

    @Override
    public void vectors(float[][] vectors) {
        done.countDown();
    }

    @Override
    public void failed(Throwable reason) {
        reason.printStackTrace();
        done.countDown();
    }
}
