package dev.aikit.images;

import dev.aikit.OpenAI;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program for a runtime that lacks java.desktop: prints what works there. */
final class NoDesktop {
    private NoDesktop() {}

    /** The server's address, and a folder. */
    public static void main(String[] arguments) throws Exception {
        System.out.println(
                "desktop: " + ModuleLayer.boot().findModule("java.desktop").isPresent());
        OpenAI client = OpenAI.create(c -> c.baseURL(arguments[0]));
        OpenAIImage image = client.images().generate("A car").orThrow().image();
        Path file = image.saveToDisk(Path.of(arguments[1], "car.png"));
        System.out.println("saved: " + Files.size(file));
        byte[] content = image.asBlob();
        try {
            System.out.println("picture: " + image.asPicture());
        } catch (IllegalStateException expected) {
            System.out.println("picture: " + expected.getMessage());
        }
        System.out.println("file: "
                + client.chat().vision().fromFile(file).prompt("?").choice().text());
        System.out.println("bytes: "
                + client.chat()
                        .vision()
                        .fromPicture(content, "image/png")
                        .prompt("?")
                        .choice()
                        .text());
        OpenAIMessage message = OpenAIMessage.user("?").addImageFile(file);
        System.out.println(
                "message: " + Json.of(message).get("json").get("content").size());
    }
}
