package dev.aikit;

import java.time.Duration;

/**
 * One try at sending a call.
 *
 * @param host host and port that it went to
 * @param status the HTTP status, 0 if no answer came
 * @param duration from its start to its end
 * @param reason why it ended: "ok", or what went wrong
 */
public record OpenAIAttempt(String host, int status, Duration duration, String reason) {}
