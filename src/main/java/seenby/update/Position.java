package seenby.update;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import seenby.group.GroupId;
import seenby.group.GroupState;
import seenby.group.SharedNames;
import seenby.platform.CompactNumbers;

/**
 * The position of a reader in all its groups, and its text form. It never changes. Each open poll holds one, so it
 * consists of arrays: a map of places takes several times the memory.
 */
final class Position {
    static final Position NOWHERE = new Position(new TreeMap<>());

    private static final int RADIX = 36;

    /** About the memory of the place in one group, without its names, which are shared. */
    private static final int PLACE_BYTES = 32;

    /** In {@code numbers}, for each group: the last message, read and nudge. */
    private static final int NUMBERS = 3;

    private final GroupId[] groups;
    private final String[] incarnations;
    private final CompactNumbers numbers;

    Position(SortedMap<GroupId, Place> places) {
        groups = places.keySet().toArray(GroupId[]::new);
        incarnations = places.values().stream().map(Place::incarnation).toArray(String[]::new);
        numbers = new CompactNumbers(places.values().stream().flatMapToLong(Place::numbers));
    }

    /** The number of groups. */
    int size() {
        return groups.length;
    }

    /** About its memory. */
    int bytes() {
        return PLACE_BYTES * (2 + size());
    }

    /** The place in a group; empty if it has none. */
    Optional<Place> in(GroupId group) {
        int index = Arrays.binarySearch(groups, group);
        return index < 0 ? Optional.empty() : Optional.of(at(index));
    }

    private Place at(int index) {
        int first = index * NUMBERS;
        return new Place(incarnations[index], numbers.get(first), numbers.get(first + 1), numbers.get(first + 2));
    }

    boolean anyMatch(BiPredicate<GroupId, Place> test) {
        return IntStream.range(0, groups.length).anyMatch(i -> test.test(groups[i], at(i)));
    }

    void forEach(BiConsumer<GroupId, Place> action) {
        for (int i = 0; i < groups.length; i++) {
            action.accept(groups[i], at(i));
        }
    }

    /** All places, in a map of the caller. */
    NavigableMap<GroupId, Place> places() {
        NavigableMap<GroupId, Place> places = new TreeMap<>();
        forEach(places::put);
        return places;
    }

    /** Whether it has more than one of the groups. Then the store was set back. */
    boolean isAheadOf(Collection<GroupState> states) {
        return states.stream()
                .anyMatch(state ->
                        in(state.id()).filter(place -> place.isAheadOf(state)).isPresent());
    }

    /** One line for each group that differs from the base. The line of a removed group has only its id. */
    String linesBeyond(Position base) {
        StringBuilder lines = new StringBuilder();
        forEach((group, place) -> {
            if (!Optional.of(place).equals(base.in(group))) {
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
        Arrays.stream(base.groups)
                .filter(group -> in(group).isEmpty())
                .forEach(group -> lines.append(group).append('\n'));
        return lines.toString();
    }

    /** This position with the changes of these lines. */
    Position with(String lines, SharedNames names) {
        Map<GroupId, Optional<Place>> changes = new HashMap<>();
        lines.lines().filter(line -> !line.isEmpty()).forEach(line -> {
            String[] words = line.split(" ", -1);
            changes.put(names.id(new GroupId(words[0])), place(words, names));
        });
        return with(changes);
    }

    /** This position with other places in some groups. An empty one removes the group. */
    Position with(Map<GroupId, Optional<Place>> changes) {
        if (changes.isEmpty()) {
            return this;
        }
        SortedMap<GroupId, Place> result = places();
        changes.forEach((group, change) ->
                change.ifPresentOrElse(place -> result.put(group, place), () -> result.remove(group)));
        return new Position(result);
    }

    private static Optional<Place> place(String[] words, SharedNames names) {
        return words.length == 1
                ? Optional.empty()
                : Optional.of(
                        new Place(names.incarnation(words[1]), number(words, 2), number(words, 3), number(words, 4)));
    }

    private static long number(String[] words, int at) {
        return at < words.length ? Long.parseLong(words[at], RADIX) : 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Position position
                && Arrays.equals(groups, position.groups)
                && Arrays.equals(incarnations, position.incarnations)
                && numbers.equals(position.numbers);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(groups) + numbers.hashCode();
    }

    @Override
    public String toString() {
        return linesBeyond(NOWHERE);
    }
}
