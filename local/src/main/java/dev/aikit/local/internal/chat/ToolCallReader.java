package dev.aikit.local.internal.chat;

/**
 * Finds the calls of tools in what a model writes, piece by piece. Text goes through as soon as it cannot be part of a call;
 * what looks like a call, but is none, is text.
 */
public final class ToolCallReader {
    /** What a model that was trained so writes before and after a call. */
    public static final String OPEN = "<tool_call>";

    public static final String CLOSE = "</tool_call>";

    private final boolean bare;
    private final StringBuilder held = new StringBuilder();
    private boolean inside;
    private boolean afterCall;

    /** @param bare whether the whole text is one call, rather than text with calls between tags */
    public ToolCallReader(boolean bare) {
        this.bare = bare;
    }

    void add(String piece, Output output) {
        held.append(piece);
        while (!bare && step(output)) {
            // as long as a tag is found
        }
    }

    private boolean step(Output output) {
        int tag = held.indexOf(inside ? CLOSE : OPEN);
        if (tag < 0) {
            if (!inside) text(held.substring(0, endOfText()), output);
            return false;
        }
        if (inside) {
            call(take(tag, CLOSE), CLOSE, output);
        } else {
            text(held.substring(0, tag).stripTrailing(), output);
            take(held.indexOf(OPEN), OPEN);
        }
        inside = !inside;
        return true;
    }

    /** Removes the text up to a tag, and the tag, and gives the text. */
    private String take(int tag, String name) {
        String before = held.substring(0, tag);
        held.delete(0, tag + name.length());
        return before;
    }

    /** White space and the beginning of a tag may belong to a call. */
    private int endOfText() {
        int end = held.length();
        for (int length = Math.min(OPEN.length() - 1, end); length > 0; length--) {
            if (OPEN.startsWith(held.substring(end - length))) {
                end -= length;
                break;
            }
        }
        while (end > 0 && Character.isWhitespace(held.charAt(end - 1))) end--;
        return end;
    }

    private void text(String text, Output output) {
        held.delete(0, text.length());
        String shown = afterCall ? text.stripLeading() : text;
        if (shown.isEmpty()) return;
        afterCall = false;
        output.text(shown);
    }

    private void call(String text, String closing, Output output) {
        ToolCall call = ToolCall.read(text);
        if (call == null) {
            output.text(OPEN + text + closing);
        } else {
            output.call(call);
            afterCall = true;
        }
    }

    /** There is no more. */
    void end(Output output) {
        String rest = held.toString();
        held.setLength(0);
        if (inside) {
            call(rest, "", output);
            return;
        }
        ToolCall call = bare ? ToolCall.read(rest) : null;
        if (call != null) output.call(call);
        else if (!rest.isEmpty() && !(afterCall && rest.isBlank())) output.text(rest);
    }
}
