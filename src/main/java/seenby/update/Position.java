package seenby.update;

import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import seenby.group.GroupId;
import seenby.group.GroupState;

/** The position of a reader in all its groups, and its text form. */
record Position(SortedMap<GroupId, Place> places) {
    static final Position NOWHERE = new Position(new TreeMap<>());

    private static final int RADIX = 36;

    /** The number of groups. */
    int size() {
        return places.size();
    }

    /** Whether it has more than one of the groups. Then the store was set back. */
    boolean isAheadOf(Collection<GroupState> groups) {
        return groups.stream()
                .anyMatch(group -> Optional.ofNullable(places.get(group.id()))
                        .filter(place -> place.isAheadOf(group))
                        .isPresent());
    }

    /** One line for each group that differs from the base. The line of a removed group has only its id. */
    String linesBeyond(Position base) {
        StringBuilder lines = new StringBuilder();
        places.forEach((group, place) -> {
            if (!place.equals(base.places.get(group))) {
                lines.append(group).append(' ').append(place.incarnation());
                lines.append(' ').append(Long.toString(place.id(), RADIX));
                lines.append(' ').append(Long.toString(place.read(), RADIX));
                // most groups have no nudges, and the line must be short
                if (place.nudge() > 0) {
                    lines.append(' ').append(Long.toString(place.nudge(), RADIX));
                }
                lines.append('\n');
            }
        });
        base.places.keySet().stream()
                .filter(group -> !places.containsKey(group))
                .forEach(group -> lines.append(group).append('\n'));
        return lines.toString();
    }

    /** This position with the changes of these lines. */
    Position with(String lines) {
        SortedMap<GroupId, Place> result = new TreeMap<>(places);
        lines.lines().filter(line -> !line.isEmpty()).forEach(line -> {
            String[] words = line.split(" ", -1);
            GroupId group = new GroupId(words[0]);
            place(words).ifPresentOrElse(place -> result.put(group, place), () -> result.remove(group));
        });
        return new Position(result);
    }

    private static Optional<Place> place(String[] words) {
        return words.length == 1
                ? Optional.empty()
                : Optional.of(new Place(words[1], number(words, 2), number(words, 3), number(words, 4)));
    }

    private static long number(String[] words, int at) {
        return at < words.length ? Long.parseLong(words[at], RADIX) : 0;
    }
}
