package dev.aikit.images;

import dev.aikit.OpenAIResult;
import dev.aikit.testing.Way;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The ways to fetch one and the same picture. */
enum Fetch {
    WAITING,
    HANDLE,
    CALLBACKS;

    OpenAIBlobResult of(OpenAIImage image) throws InterruptedException {
        return switch (this) {
            case WAITING -> image.download();
            case HANDLE -> Way.ended(image.download(p -> p.async()));
            case CALLBACKS -> {
                List<String> heard = new CopyOnWriteArrayList<>();
                List<OpenAIResult> results = new CopyOnWriteArrayList<>();
                OpenAIBlobResult result = Way.ended(image.download(p -> p.onResponse(r -> heard.add("onResponse"))
                        .onError(r -> heard.add("onError"))
                        .onTerminate(r -> heard.add("onTerminate"))
                        .formula(results::add)));
                String first = result.success() ? "onResponse" : "onError";
                if (!heard.equals(List.of(first, "onTerminate")) || !results.equals(List.of(result)))
                    throw new AssertionError("each callback once and in order expected, not " + heard + results);
                yield result;
            }
        };
    }
}
