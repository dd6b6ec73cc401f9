package seenby.update;

import java.util.Optional;

/**
 * What a {@code since} means.
 *
 * @param position where its user stood; empty where there was none to begin with, or it is no longer kept
 * @param base the kept position that it builds on, where it was too long to carry all
 * @param forgotten whether the position was kept once and is no longer
 */
record Since(Optional<Position> position, Optional<Base> base, boolean forgotten) {
    static final Since NONE = new Since(Optional.empty(), Optional.empty(), false);
    static final Since FORGOTTEN = new Since(Optional.empty(), Optional.empty(), true);

    /** A position kept in the store under a name. */
    record Base(String name, Position position) {}
}
