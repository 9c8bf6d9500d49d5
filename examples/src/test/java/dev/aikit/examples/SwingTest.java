package dev.aikit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIError;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.local.LocalServer;
import java.awt.EventQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;
import javax.swing.event.ListDataEvent;
import javax.swing.event.ListDataListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The examples with a form, without a screen. */
class SwingTest {
    private static final String QUESTION = "How do I cancel a call?";

    private final LocalServer server = LocalServer.start();
    private final OpenAI client = OpenAI.create(c -> c.baseURL(server.baseURL()));
    private final Queue<Boolean> onSwingsThread = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void theTextIsWrittenPieceByPieceOnSwingsThread() throws Exception {
        StopButton form = new StopButton();
        form.text.getDocument().addDocumentListener(listener(() -> {}));

        OpenAIChatCompletionsResult result = form.ask(client, QUESTION).await();

        assertThat(form.text.getText()).isEqualTo(result.choice().text()).isNotEmpty();
        assertThat(form.stop.isEnabled()).isFalse();
        assertThat(onSwingsThread).hasSizeGreaterThan(5).containsOnly(true);
    }

    @Test
    void theStopButtonCancelsTheCall() throws Exception {
        StopButton form = new StopButton();
        CountDownLatch asked = new CountDownLatch(1);
        AtomicReference<OpenAICall<OpenAIChatCompletionsResult>> call = new AtomicReference<>();
        // Pressed within the first onData: no other piece can come before.
        form.text.getDocument().addDocumentListener(listener(form.stop::doClick));
        EventQueue.invokeLater(() -> {
            call.set(form.ask(client, QUESTION));
            asked.countDown();
        });
        asked.await();

        OpenAIChatCompletionsResult result = call.get().await();

        assertThat(result.errors()).singleElement().matches(OpenAIError::isCancelled);
        String shown = form.text.getText();
        assertThat(shown).endsWith("\n[the call was cancelled]");
        assertThat(result.choice().text()).startsWith(shown.substring(0, shown.indexOf('\n')));
        assertThat(form.stop.isEnabled()).isFalse();
    }

    @Test
    void theListIsFilledOnSwingsThread() throws Exception {
        FormExample form = new FormExample();
        CountDownLatch filled = new CountDownLatch(2);
        form.names.addListDataListener(new ListDataListener() {
            @Override
            public void intervalAdded(ListDataEvent event) {
                onSwingsThread.add(EventQueue.isDispatchThread());
                filled.countDown();
            }

            @Override
            public void intervalRemoved(ListDataEvent event) {}

            @Override
            public void contentsChanged(ListDataEvent event) {}
        });

        form.load(client);
        filled.await();

        assertThat(form.names.toArray()).containsExactly("aikit-guide", "all-minilm-l6-v2");
        assertThat(onSwingsThread).containsOnly(true);
    }

    private DocumentListener listener(Runnable onText) {
        return new DocumentListener() {
            @Override
            public void insertUpdate(DocumentEvent event) {
                onSwingsThread.add(EventQueue.isDispatchThread());
                onText.run();
            }

            @Override
            public void removeUpdate(DocumentEvent event) {}

            @Override
            public void changedUpdate(DocumentEvent event) {}
        };
    }
}
