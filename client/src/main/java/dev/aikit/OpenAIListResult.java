package dev.aikit;

import dev.aikit.internal.call.Outcome;
import dev.aikit.internal.call.Pages;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A page of a list, and the way to the next one.
 *
 * @param <E> what is listed
 * @param <R> the result of this list
 */
public abstract class OpenAIListResult<E, R extends OpenAIListResult<E, R>> extends OpenAIResult {
    private final Pages<R> pages;

    /** Made by the library. */
    protected OpenAIListResult(Outcome outcome, Pages<R> pages) {
        super(outcome);
        this.pages = Objects.requireNonNull(pages, "pages");
    }

    /** What is on this page; empty if the call failed. */
    public abstract List<E> items();

    /** The first id of this page; "" if the server does not say. */
    public String firstId() {
        return json().get("first_id").asText();
    }

    /** The last id of this page, which the next one comes {@code after}; "" if the server does not say. */
    public String lastId() {
        int last = json().get("data").size() - 1;
        return json().get("last_id")
                .asText(json().get("data").get(last).get("id").asText());
    }

    /** Whether there are more. */
    public boolean hasMore() {
        return json().get("has_more").asBoolean(false);
    }

    private boolean hasNextPage() {
        if (!success() || !hasMore()) return false;
        if (lastId().isEmpty())
            throw new IllegalStateException(
                    "the server says that the list goes on, but not after which id: this page has"
                            + " has_more, and neither last_id nor items with an id");
        return true;
    }

    /**
     * The page after this one, with the same parameters; waits. Empty if this is the last one.
     *
     * @throws IllegalStateException if the server says that there are more, but not after which id
     */
    public Optional<R> nextPage() {
        return hasNextPage() ? Optional.of(pages.awaitAfter(lastId())) : Optional.empty();
    }

    /**
     * The same without waiting: the callback receives the page at the end of its call, whether it succeeded or not. The
     * other callbacks of the first page are not called again; those that follow run where its {@code on} said.
     *
     * @return empty, and then nothing is called, if this is the last page
     * @throws IllegalStateException if the server says that there are more, but not after which id
     */
    public Optional<OpenAICall<R>> nextPage(Consumer<? super R> formula) {
        Objects.requireNonNull(formula, "formula");
        return hasNextPage() ? Optional.of(pages.startAfter(lastId(), formula)) : Optional.empty();
    }

    /**
     * What is on this page and on all after it. A page is fetched when its first item is asked for; that waits.
     *
     * @return a stream; asking it for an item throws an {@link OpenAIException} where a page, this one or a later one,
     *     could not be fetched, and an {@link IllegalStateException} where the server sends a page that it has sent before,
     *     or says that there are more, but not after which id
     */
    public Stream<E> all() {
        Set<String> seen = new HashSet<>();
        seen.add(lastId());
        return Stream.iterate(
                        Optional.of(this),
                        Optional::isPresent,
                        page -> page.get().pageAfter(seen))
                .flatMap(page -> page.get().itemsOrThrow().stream());
    }

    private List<E> itemsOrThrow() {
        orThrow();
        return items();
    }

    private Optional<OpenAIListResult<E, R>> pageAfter(Set<String> seen) {
        Optional<OpenAIListResult<E, R>> next = nextPage().map(page -> page);
        String last = next.filter(page -> page.hasMore() || !page.items().isEmpty())
                .map(OpenAIListResult::lastId)
                .orElse("");
        if (!last.isEmpty() && !seen.add(last))
            throw new IllegalStateException("the server sends the page that ends with " + last + " again and again");
        return next;
    }
}
