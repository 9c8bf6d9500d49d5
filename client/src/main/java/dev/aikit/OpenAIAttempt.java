package dev.aikit;

import java.time.Duration;

/**
 * One try at sending a call.
 *
 * @param host host and port that it went to
 * @param status the HTTP status, 0 if no answer came
 * @param duration from its start to its end
 * @param reason why it ended: "ok", or what went wrong
 * @param provider the name of the provider that it went to; "" for the client's own without a name
 * @param model the model's name there, if the call named it by a provider or an alias; "" if it was sent as written
 */
public record OpenAIAttempt(String host, int status, Duration duration, String reason, String provider, String model) {}
