package dev.aikit.durable.internal;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a call.
 *
 * @param kind a name of OpenAIError.Kind, or {@link CallRow#CALLBACK}
 * @param answer as far as one came
 */
public record Failure(String kind, String reason, @Nullable StoredAnswer answer) {}
