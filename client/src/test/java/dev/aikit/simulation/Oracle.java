package dev.aikit.simulation;

import dev.aikit.OpenAIError;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.internal.http.TransportFailure.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges a call by the contract alone: by what its user and the network saw of it, never by the engine's own state. */
final class Oracle {
    private static final int STALE_CONNECTIONS = 2;
    private static final int REDIRECTS = 5;
    private static final int TOOL_ROUNDS = 20;

    private final Caller caller;
    private final boolean clientClosed;
    private final List<String> wrong;

    private Oracle(Caller caller, boolean clientClosed) {
        this.caller = caller;
        this.clientClosed = clientClosed;
        this.wrong = new ArrayList<>(caller.violations);
    }

    /** What of the contract the call broke; empty if nothing. */
    static List<String> judge(Caller caller, boolean clientClosed) {
        Oracle oracle = new Oracle(caller, clientClosed);
        oracle.callbacks();
        if (!caller.results.isEmpty()) {
            oracle.result(caller.results.get(0));
            oracle.network(caller.results.get(0));
        }
        return oracle.wrong;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) wrong.add(otherwise);
    }

    private void callbacks() {
        List<String> ends =
                caller.callbacks.stream().filter(name -> !name.equals("piece")).toList();
        require(
                ends.equals(List.of("onResponse", "onTerminate", "formula"))
                        || ends.equals(List.of("onError", "onTerminate", "formula")),
                "the call ended by " + ends);
        require(
                caller.callbacks.lastIndexOf("piece") < caller.callbacks.size() - ends.size(),
                "a piece came after the end: " + caller.callbacks);
        require(Set.copyOf(caller.results).size() <= 1, "the callbacks got different results");
        require(caller.call != null && caller.call.isDone(), "the handle says that the call goes on");
    }

    private void result(OpenAIChatCompletionsResult result) {
        require(
                result.success() == caller.callbacks.contains("onResponse"),
                "success " + result.success() + " but " + caller.callbacks);
        require(result.success() == result.errors().isEmpty(), "success with errors, or failure without");
        require(caller.call.future().getNow(null) == result, "the future has another result");
        Script last = last();
        if (result.success()) succeeded(result, last);
        else failed(result.errors().get(0), last);
        boolean othersHadAHand = caller.cancelled || clientClosed;
        boolean shouldSucceed = last != null && last.whole && !last.asksForTools && last.flaw == null;
        if (shouldSucceed && !othersHadAHand)
            require(result.success() || ranOut(result), "all arrived, and yet " + result.errors());
    }

    private @Nullable Script last() {
        return caller.exchanges.isEmpty() ? null : caller.exchanges.get(caller.exchanges.size() - 1);
    }

    private void succeeded(OpenAIChatCompletionsResult result, @Nullable Script last) {
        require(last != null && last.whole && last.flaw == null, "a success without a whole answer");
        if (last == null) return;
        require(
                result.choice().text().equals(last.text),
                "text \"" + result.choice().text() + "\", sent " + last.text);
        if (caller.stream && !caller.helper && !caller.text.isEmpty())
            require(caller.text.toString().equals(last.text), "pieces \"" + caller.text + "\", sent " + last.text);
    }

    private void failed(OpenAIError error, @Nullable Script last) {
        Kind kind = error.kind();
        boolean explained = switch (kind) {
            case CANCELLED -> caller.cancelled;
            case CLOSED -> clientClosed;
            case HTTP -> last != null && last.status >= 300;
            case REPORTED, MALFORMED -> last != null && last.flaw != null;
            case TRUNCATED -> last != null && last.status == 200 && !last.whole;
            case REDIRECT -> last != null && last.status == 307;
            case DNS, CONNECT, TLS, PROTOCOL, CONNECT_TIMEOUT ->
                last != null && last.failure == Reason.valueOf(kind.name());
            case CONNECTION_LOST -> last != null && (last.failure == Reason.LOST || last.failure == Reason.STALE);
            case TIMEOUT, IDLE_TIMEOUT, FIRST_BYTE_TIMEOUT, ATTEMPT_TIMEOUT -> true;
            default -> false;
        };
        require(explained, kind + " (" + error.message() + ") has no cause: " + describe(last));
    }

    private static String describe(@Nullable Script last) {
        if (last == null) return "nothing was sent";
        return "status " + last.status + ", failure " + last.failure + ", whole " + last.whole + ", flaw " + last.flaw;
    }

    /** A deadline may pass between the last piece and the moment that the engine looks at it. */
    private static boolean ranOut(OpenAIChatCompletionsResult result) {
        return switch (result.errors().get(0).kind()) {
            case TIMEOUT, IDLE_TIMEOUT, ATTEMPT_TIMEOUT, FIRST_BYTE_TIMEOUT -> true;
            default -> false;
        };
    }

    private void network(OpenAIChatCompletionsResult result) {
        require(caller.exchanges.stream().allMatch(Script::over), "a connection was left open");
        int most = 1 + caller.maxRetries + STALE_CONNECTIONS + REDIRECTS;
        require(
                caller.exchanges.size() <= (caller.helper ? most * TOOL_ROUNDS : most),
                caller.exchanges.size() + " attempts with " + caller.maxRetries + " retries");
        if (!caller.helper) {
            require(
                    result.attempts().size() == caller.exchanges.size(),
                    result.attempts().size() + " attempts listed, " + caller.exchanges.size() + " made");
            require(
                    caller.exchangesAtFirstPiece < 0 || caller.exchangesAtFirstPiece == caller.exchanges.size(),
                    "sent again after the first piece had been handed over");
        }
    }
}
