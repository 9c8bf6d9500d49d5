package dev.aikit.internal.call;

import dev.aikit.OpenAIAttempt;
import dev.aikit.internal.http.HttpCall;
import java.time.Duration;

/**
 * One of the places that a call may go to, with what is sent there.
 *
 * @param model the name that takes the place of the one in the body; "" if the body stays as it is
 */
record Route(Destination destination, String model, HttpCall call) {
    /** A body as this place is to see it. */
    byte[] body(byte[] body) {
        return body(model, body);
    }

    /** What became of one try; redirects may have taken it elsewhere. */
    OpenAIAttempt attempt(HttpCall sent, int status, Duration duration, String reason) {
        String host = sent.uri().getRawAuthority();
        return new OpenAIAttempt(host, status, duration, reason, destination.provider(), model);
    }

    static byte[] body(String model, byte[] body) {
        return model.isEmpty() ? body : ModelField.with(body, model);
    }
}
