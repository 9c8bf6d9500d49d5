package dev.aikit.internal.call;

import dev.aikit.OpenAIError;
import dev.aikit.OpenAIResponse;
import dev.aikit.OpenAIResult;
import dev.aikit.internal.pieces.Repeated;
import dev.aikit.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer of one call into its result. Made for each call; called where the callbacks run, never by two threads at
 * a time.
 *
 * @param <R> the result
 */
public interface ResultReader<R extends OpenAIResult> {
    /** The result of a call that has ended. */
    R result(Outcome outcome);

    /** Why an answer that is whole is not what was asked for; null if it is. */
    default @Nullable OpenAIError misfit(Outcome outcome) {
        return null;
    }

    /** Hears the name of the event that the next piece came in; "" if it had none. */
    default void eventOf(String name) {}

    /** What the reader is to take from an answer in one piece; missing if it is not JSON. */
    default Json answer(OpenAIResponse response, Content body) {
        return response.json();
    }

    /**
     * What is wrong with an answer in one piece that has a success status; null if nothing is. By default an answer has to
     * be JSON.
     */
    default @Nullable OpenAIError flaw(@Nullable OpenAIResponse response, Json body) {
        return Endings.ofAnswer(response, body);
    }

    /**
     * Takes in one piece of a stream.
     *
     * @throws dev.aikit.internal.TooLarge if what the pieces make is over a limit
     */
    default void piece(Json piece) {}

    /**
     * Takes in a piece that repeats one that was taken in, whole, as the last of those that repeat none. False, and nothing
     * is done, if it has to be read like any other.
     *
     * @throws dev.aikit.internal.TooLarge if what the pieces make is over a limit
     */
    default boolean again(Repeated piece) {
        return false;
    }

    /** What hands the piece to the caller; null if nobody listens. */
    default @Nullable Runnable listener(Outcome piece) {
        return null;
    }

    /**
     * Looks at an answer that came in one piece.
     *
     * @throws dev.aikit.internal.TooLarge if it is over a limit
     */
    default void check(Json answer) {}

    /** Whether the pieces taken in so far show that the answer is whole, though the stream has no mark for its end. */
    default boolean isWhole() {
        return false;
    }

    /** What is to be done before the call goes on to another round; null if it ends with this answer, a success. */
    default @Nullable Continuation next(Outcome outcome) {
        return null;
    }

    /** Whether another process could read the answer as well: nothing of this one is needed for it, such as tools. */
    default boolean isPortable() {
        return true;
    }

    /** What the pieces taken in so far make; missing if there were none. */
    default Json whole() {
        return Json.missing();
    }

    /** The pieces that a server would have streamed for this answer, had it heeded the wish for a stream. */
    default List<Json> piecesOf(Json answer) {
        return List.of(answer);
    }
}
