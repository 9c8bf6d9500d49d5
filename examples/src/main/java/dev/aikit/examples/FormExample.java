package dev.aikit.examples;

import dev.aikit.Form;
import dev.aikit.OpenAI;
import dev.aikit.models.OpenAIModelListResult;
import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import javax.swing.DefaultListModel;
import javax.swing.JFrame;
import javax.swing.JList;
import javax.swing.JScrollPane;

/** The user interface as the place for callbacks (the kit's CALL FORM): here a Swing list, in a window if there is a screen. */
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

    private void show() {
        JFrame frame = new JFrame("AIKit");
        frame.setDefaultCloseOperation(JFrame.DISPOSE_ON_CLOSE);
        frame.add(new JScrollPane(new JList<>(names)));
        frame.setSize(320, 240);
        frame.setVisible(true);
    }

    /** Loads, and goes on. */
    public static void main(String... arguments) {
        FormExample form = new FormExample();
        if (!GraphicsEnvironment.isHeadless()) EventQueue.invokeLater(form::show);
        form.load(LocalModels.client());
    }
}
