package seenby.update;

import java.util.Optional;
import seenby.group.Group;

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

    /** Whether the position is in an earlier group with this id. */
    boolean knowsEarlier(Group group) {
        return position.map(known -> known.places().get(group.id()))
                .filter(place -> !place.incarnation().equals(group.incarnation()))
                .isPresent();
    }

    /** A position that is stored under a name. */
    record Base(String name, Position position) {}
}
