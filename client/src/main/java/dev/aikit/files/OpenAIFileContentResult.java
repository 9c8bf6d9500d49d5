package dev.aikit.files;

import dev.aikit.OpenAIResponse;
import dev.aikit.OpenAIResult;
import dev.aikit.internal.call.Outcome;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What {@code files.content} came to: the content in memory, or saved. */
public final class OpenAIFileContentResult extends OpenAIResult {
    private final @Nullable Path target;

    OpenAIFileContentResult(Outcome outcome, @Nullable Path target) {
        super(outcome);
        this.target = target;
    }

    /** The content; empty if the call failed, or if it was saved. */
    public byte[] bytes() {
        OpenAIResponse response = response();
        return success() && response != null ? response.body() : new byte[0];
    }

    /** The content as text in UTF-8; "" if the call failed, or if it was saved. */
    public String text() {
        OpenAIResponse response = response();
        return success() && response != null ? response.text() : "";
    }

    /** Where it was saved; null if it was not, or if the call failed. */
    public @Nullable Path path() {
        return success() ? target : null;
    }

    @Override
    public OpenAIFileContentResult orThrow() {
        super.orThrow();
        return this;
    }
}
