package seenby.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import seenby.group.GroupId;
import seenby.group.SharedNames;

/** Places in many groups, and their lines. */
class PositionTest {
    private static final GroupId CATS = new GroupId("cats");
    private static final GroupId DOGS = new GroupId("dogs");
    private static final GroupId OWLS = new GroupId("owls");
    private static final Place HERE = new Place("00000000aa", 41, 7, 0);
    private static final Place FAR = new Place("00000000bb", 1L << 53, 1L << 40, 3);

    /** As every server has written them so far. */
    private static final String LINES = "cats 00000000aa 15 7\nowls 00000000bb 2gosa7pa2gw e13wu1og 3\n";

    private final SharedNames names = new SharedNames();
    private final Position position = new Position(new TreeMap<>(Map.of(OWLS, FAR, CATS, HERE)));

    @Test
    void aPlaceIsFoundByItsGroup() {
        assertEquals(Optional.of(HERE), position.in(CATS));
        assertEquals(Optional.of(FAR), position.in(OWLS));
        assertEquals(Optional.empty(), position.in(DOGS));
        assertEquals(2, position.size());
    }

    @Test
    void theLinesAreAsEverBefore() {
        assertEquals(LINES, position.linesBeyond(Position.NOWHERE));
        assertEquals(position, Position.NOWHERE.with(LINES, names));
    }

    @Test
    void theGroupsAreInOrder() {
        List<GroupId> groups = new ArrayList<>();
        position.with(Map.of(DOGS, Optional.of(HERE))).forEach((group, place) -> groups.add(group));

        assertEquals(List.of(CATS, DOGS, OWLS), groups);
    }

    @Test
    void linesTellOnlyWhatChanges() {
        Position changed = position.with(Map.of(
                CATS, Optional.of(HERE.atMessage(42)), DOGS, Optional.of(FAR.atNudge(0)), OWLS, Optional.empty()));

        String lines = changed.linesBeyond(position);

        assertEquals("cats 00000000aa 16 7\ndogs 00000000bb 2gosa7pa2gw e13wu1og\nowls\n", lines);
        assertEquals(changed, position.with(lines, names));
    }

    @Test
    void aChangeLeavesThePositionThatItIsMadeFrom() {
        Position changed = position.with(Map.of(CATS, Optional.of(HERE.atRead(8))));

        assertEquals(Optional.of(HERE), position.in(CATS));
        assertNotEquals(position, changed);
        assertEquals(position, changed.with(Map.of(CATS, Optional.of(HERE))));
        assertEquals(
                position.hashCode(),
                changed.with(Map.of(CATS, Optional.of(HERE))).hashCode());
    }

    /** So a user in 1,000 groups takes the memory of one position for many polls, and of a few names for many users. */
    @Test
    void whatIsEqualIsHeldOnce() {
        assertSame(position, position.with(Map.of()));
        assertSame(position, position.with("", names));
        Position one = Position.NOWHERE.with(LINES, names);
        Position other = Position.NOWHERE.with(LINES, names);
        one.places()
                .keySet()
                .forEach(group -> assertSame(
                        one.places().tailMap(group).firstKey(),
                        other.places().tailMap(group).firstKey()));
        assertSame(
                one.in(CATS).orElseThrow().incarnation(),
                other.in(CATS).orElseThrow().incarnation());
    }
}
