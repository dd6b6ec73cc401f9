package seenby.update;

import java.util.Collection;
import java.util.Optional;
import seenby.group.GroupId;
import seenby.group.GroupState;

/**
 * The meaning of a {@code since}.
 *
 * @param line the line of history that the poll begins in
 * @param position the position of its user; empty if none was given or it is forgotten
 * @param base the stored position that it is based on, if the whole was too long for a URL
 * @param forgotten whether the position is of no use: it was stored and has expired, or the store was set back
 */
record Since(String line, Optional<Position> position, Optional<Base> base, boolean forgotten) {
    /** A position that is stored under a name. */
    record Base(String name, Position position) {}

    static Since none(String line) {
        return new Since(line, Optional.empty(), Optional.empty(), false);
    }

    static Since forgotten(String line) {
        return new Since(line, Optional.empty(), Optional.empty(), true);
    }

    /** The same with another base. */
    Since withBase(Optional<Base> other) {
        return new Since(line, position, other, forgotten);
    }

    /** The same, or forgotten if the position is ahead of the store. */
    Since unlessAheadOf(Collection<GroupState> groups) {
        return position.filter(known -> known.isAheadOf(groups)).isPresent() ? forgotten(line) : this;
    }

    /** Whether the position has a place in a group with this id. */
    boolean knows(GroupId group) {
        return position.flatMap(known -> known.in(group)).isPresent();
    }

    /** Whether the position is in an earlier group with this id. */
    boolean knowsEarlier(GroupState group) {
        return position.flatMap(known -> known.in(group.id()))
                .filter(place -> !place.isIn(group))
                .isPresent();
    }
}
