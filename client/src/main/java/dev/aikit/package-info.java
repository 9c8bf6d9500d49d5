/**
 * The client, its parameters and results, and the places where callbacks run.
 *
 * <p>Start with {@link dev.aikit.OpenAI}: its functions return an {@link dev.aikit.OpenAIResult}, or, with a callback in
 * their {@link dev.aikit.OpenAIParameters}, an {@link dev.aikit.OpenAICall}. Callbacks run on a
 * {@link dev.aikit.Worker}, on a {@link dev.aikit.Form} or on the client's own threads.
 */
@NullMarked
package dev.aikit;

import org.jspecify.annotations.NullMarked;
