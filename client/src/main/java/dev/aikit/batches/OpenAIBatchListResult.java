package dev.aikit.batches;

import dev.aikit.OpenAIListResult;
import dev.aikit.internal.call.Outcome;
import dev.aikit.internal.call.Pages;
import java.util.List;

/** What {@code batches.list} came to: a page of the batches at a provider. */
public final class OpenAIBatchListResult extends OpenAIListResult<OpenAIBatch, OpenAIBatchListResult> {
    OpenAIBatchListResult(Outcome outcome, Pages<OpenAIBatchListResult> pages) {
        super(outcome, pages);
    }

    /** The batches of this page; empty if the call failed. */
    public List<OpenAIBatch> batches() {
        return success() ? json().get("data").map(OpenAIBatch::new) : List.of();
    }

    @Override
    public List<OpenAIBatch> items() {
        return batches();
    }

    @Override
    public OpenAIBatchListResult orThrow() {
        super.orThrow();
        return this;
    }
}
