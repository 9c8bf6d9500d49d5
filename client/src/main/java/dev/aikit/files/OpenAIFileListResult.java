package dev.aikit.files;

import dev.aikit.OpenAIListResult;
import dev.aikit.internal.call.Outcome;
import dev.aikit.internal.call.Pages;
import java.util.List;

/** What {@code files.list} came to: a page of the files that the server keeps. */
public final class OpenAIFileListResult extends OpenAIListResult<OpenAIFile, OpenAIFileListResult> {
    OpenAIFileListResult(Outcome outcome, Pages<OpenAIFileListResult> pages) {
        super(outcome, pages);
    }

    /** The files of this page; empty if the call failed. */
    public List<OpenAIFile> files() {
        return success() ? json().get("data").map(OpenAIFile::new) : List.of();
    }

    @Override
    public List<OpenAIFile> items() {
        return files();
    }

    @Override
    public OpenAIFileListResult orThrow() {
        super.orThrow();
        return this;
    }
}
