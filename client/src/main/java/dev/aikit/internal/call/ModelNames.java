package dev.aikit.internal.call;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Knows what the names of models stand for. Used by several threads. */
@FunctionalInterface
public interface ModelNames {
    /**
     * The models that a name stands for, in the order in which they are tried; none if the name is the model's own, for the
     * client's own server.
     */
    List<Target> of(String name);

    /**
     * A model at a place.
     *
     * @param destination null for the client's own server
     * @param model its name there
     */
    record Target(@Nullable Destination destination, String model) {}
}
