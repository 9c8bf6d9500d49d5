package dev.aikit;

/**
 * What a function returns: its {@link OpenAIResult}, or an {@link OpenAICall} that will have one. A class with nothing in
 * it, so that the compiler knows that neither is a text or an array:
 * {@code System.out.println(client.models().list(p -> p.maxRetries(1)))} would be ambiguous without it.
 */
public abstract class OpenAIAnswer {
    OpenAIAnswer() {}
}
