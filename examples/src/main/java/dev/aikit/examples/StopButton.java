package dev.aikit.examples;

import dev.aikit.Form;
import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIMessage;
import java.awt.BorderLayout;
import java.awt.EventQueue;
import java.util.List;
import javax.swing.JButton;
import javax.swing.JFrame;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;

/** A Swing form that shows an answer as it comes, with a button that cancels the call. */
public final class StopButton {
    final JTextArea text = new JTextArea(20, 60);
    final JButton stop = new JButton("Stop");

    StopButton() {}

    /** Puts the question; its callbacks may touch the form, because they run on Swing's thread. */
    OpenAICall<OpenAIChatCompletionsResult> ask(OpenAI client, String question) {
        List<OpenAIMessage> messages = List.of(OpenAIMessage.user(question));
        OpenAICall<OpenAIChatCompletionsResult> call = client.chat()
                .completions()
                .create(
                        messages,
                        p -> p.model(LocalModels.GUIDE)
                                .onData(chunk ->
                                        text.append(chunk.choice().delta().text()))
                                .onTerminate(this::done)
                                .on(Form.swing()));
        stop.addActionListener(click -> call.cancel());
        return call;
    }

    private void done(OpenAIChatCompletionsResult result) {
        stop.setEnabled(false);
        if (!result.success()) text.append("\n[" + result.errors().get(0).message() + "]");
    }

    /** Shows the form. */
    public static void main(String... arguments) {
        OpenAI client = LocalModels.client();
        EventQueue.invokeLater(() -> {
            StopButton form = new StopButton();
            JPanel panel = new JPanel(new BorderLayout());
            panel.add(new JScrollPane(form.text), BorderLayout.CENTER);
            panel.add(form.stop, BorderLayout.SOUTH);
            JFrame frame = new JFrame("AIKit");
            frame.setDefaultCloseOperation(JFrame.DISPOSE_ON_CLOSE);
            frame.setContentPane(panel);
            frame.pack();
            frame.setVisible(true);
            form.ask(client, "How do I cancel a call?");
        });
    }
}
