package seenby.update;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import seenby.group.GroupId;

/** Where a reader stands in all its groups, and how that is written down. */
record Position(SortedMap<GroupId, Place> places) {
    static final Position NOWHERE = new Position(new TreeMap<>());

    private static final int RADIX = 36;

    /** One line a group that stands elsewhere than in the base; a group that is no longer in it has its id alone. */
    String linesBeyond(Position base) {
        StringBuilder lines = new StringBuilder();
        places.forEach((group, place) -> {
            if (!place.equals(base.places.get(group))) {
                lines.append(group).append(' ').append(place.incarnation());
                lines.append(' ').append(Long.toString(place.id(), RADIX));
                lines.append(' ').append(Long.toString(place.read(), RADIX));
                // most groups have none, and the line has to be short
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

    /** The position that these lines lead to from here. */
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
