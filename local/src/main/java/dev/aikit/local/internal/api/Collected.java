package dev.aikit.local.internal.api;

import dev.aikit.local.internal.chat.Output;
import dev.aikit.local.internal.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;

/** An answer that is put together. */
final class Collected implements Output {
    private final StringBuilder text = new StringBuilder();
    private final List<ToolCall> calls = new ArrayList<>();

    @Override
    public void text(String piece) {
        text.append(piece);
    }

    @Override
    public void call(ToolCall call) {
        calls.add(call);
    }

    String text() {
        return text.toString();
    }

    List<ToolCall> calls() {
        return calls;
    }
}
