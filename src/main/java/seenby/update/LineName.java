package seenby.update;

import java.util.Optional;

/** The name of the line of history that the store is on. */
@FunctionalInterface
public interface LineName {
    /** The name. May ask the store for it. */
    String name();

    /** The name without a wait for the store; empty if the store must be asked. */
    default Optional<String> known() {
        return Optional.of(name());
    }
}
