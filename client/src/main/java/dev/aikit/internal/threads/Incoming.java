package dev.aikit.internal.threads;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Items that any thread adds, and that one takes, all at once and in order. A list that grows at its beginning: an item
 * changes one reference, where it changes four in a {@code ConcurrentLinkedQueue}. Of thousands of queues that get an item now
 * and then each such change is one that the garbage collector has to look at. It is itself the reference to the item that was
 * added last.
 *
 * @param <E> the items
 */
final class Incoming<E> extends AtomicReference<Incoming.@Nullable Item<E>> {
    private static final long serialVersionUID = 1L;

    static final class Item<E> {
        final E value;
        /** The one that was added before; once they are taken, the one after. */
        @Nullable
        Item<E> next;

        Item(E value) {
            this.value = value;
        }
    }

    void add(E value) {
        Item<E> item = new Item<>(value);
        do item.next = get();
        while (!compareAndSet(item.next, item));
    }

    boolean isEmpty() {
        return get() == null;
    }

    /** The first of those that were added since this was called last; null if none were. */
    @Nullable
    Item<E> takeAll() {
        Item<E> first = null;
        Item<E> each = isEmpty() ? null : getAndSet(null);
        while (each != null) {
            Item<E> before = each.next;
            each.next = first;
            first = each;
            each = before;
        }
        return first;
    }
}
