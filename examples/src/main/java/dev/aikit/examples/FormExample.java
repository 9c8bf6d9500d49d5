package dev.aikit.examples;

import dev.aikit.Form;
import dev.aikit.OpenAI;
import dev.aikit.models.OpenAIModelListResult;
import java.awt.EventQueue;
import javax.swing.DefaultListModel;

/** The user interface as the place for callbacks (the kit's CALL FORM): here Swing, without a window. */
public final class FormExample {
    final DefaultListModel<String> names = new DefaultListModel<>();

    FormExample() {}

    /** Fills the list; may be called on any thread. */
    void load(OpenAI client) {
        client.models().list(p -> p.formula(this::receive).on(Form.swing()));
    }

    private void receive(OpenAIModelListResult result) {
        result.models().forEach(model -> names.addElement(model.id()));
        System.out.println("on Swing's thread: " + EventQueue.isDispatchThread() + ", models: " + names);
    }

    /** Loads, and goes on. */
    public static void main(String... arguments) {
        new FormExample().load(LocalModels.client());
    }
}
