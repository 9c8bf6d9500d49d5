package dev.aikit.examples;

import dev.aikit.OpenAI;
import dev.aikit.chat.OpenAIVisionHelper;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/**
 * Draws a picture, and asks a model what it sees. Needs a server with a model that sees, named by {@code OPENAI_API_KEY} or
 * {@code OPENAI_BASE_URL}: the models of the local server do not.
 */
public final class Vision {
    private Vision() {}

    /** The model, or nothing. */
    public static void main(String... arguments) {
        String model = arguments.length > 0 ? arguments[0] : "gpt-4o-mini";
        OpenAI client = OpenAI.create();
        OpenAIVisionHelper helper = client.chat().vision().fromPicture(circle());

        System.out.println(helper.prompt("What do you see?", p -> p.model(model))
                .orThrow()
                .choice()
                .text());
    }

    private static BufferedImage circle() {
        BufferedImage picture = new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = picture.createGraphics();
        pen.setColor(Color.RED);
        pen.fillOval(20, 20, 160, 160);
        pen.dispose();
        return picture;
    }
}
