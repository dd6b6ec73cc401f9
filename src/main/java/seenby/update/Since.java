package seenby.update;

import java.util.Optional;

/**
 * The meaning of a {@code since}.
 *
 * @param position the position of its user; empty if none was given or it has expired
 * @param base the stored position that it is based on, if the whole was too long for a URL
 * @param forgotten whether the position was stored and has expired
 */
record Since(Optional<Position> position, Optional<Base> base, boolean forgotten) {
    static final Since NONE = new Since(Optional.empty(), Optional.empty(), false);
    static final Since FORGOTTEN = new Since(Optional.empty(), Optional.empty(), true);

    /** A position that is stored under a name. */
    record Base(String name, Position position) {}
}
