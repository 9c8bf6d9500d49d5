package dev.aikit.examples;

import dev.aikit.OpenAI;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.durable.DurableWorker;
import dev.aikit.models.OpenAIModel;
import dev.aikit.models.OpenAIModelListResult;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.swing.JButton;
import javax.swing.JLabel;

/** What the Java in the documentation takes as given: each snippet is compiled as a part of a class that extends this one. */
abstract class Snippet {
    OpenAI client;
    List<OpenAIMessage> messages;
    String key;
    SSLContext sslContext;
    ExampleForm form;
    JButton stopButton;
    JLabel label;
    DurableWorker worker;

    void receive(OpenAIModelListResult result) {}

    void store(OpenAIModelListResult result) {}

    /** A form of the reader's program. */
    interface ExampleForm {
        void setModels(List<OpenAIModel> models);

        void setAssistant(String text);

        void append(String text);

        void alert(String text);

        void showProgress(double fraction);

        void done(OpenAIChatCompletionsResult result);
    }
}
