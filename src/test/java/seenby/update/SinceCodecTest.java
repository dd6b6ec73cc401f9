package seenby.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import seenby.group.Group;
import seenby.group.GroupId;
import seenby.refusal.Refused;
import seenby.user.UserId;

class SinceCodecTest {
    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");
    private static final int MOST_CHARACTERS = 4095;

    private final Kept kept = new Kept();
    private final SinceCodec codec = new SinceCodec("secret", kept);

    @Test
    void aPositionComesBackAsItWent() {
        Position position = position(5, 1L << 53);

        assertEquals(position, decoded(codec.encode(ANN, position, Optional.empty())));
        assertEquals(Position.NOWHERE, decoded(codec.encode(ANN, Position.NOWHERE, Optional.empty())));
        assertEquals(0, kept.writes, "a short one needs no store");
    }

    @Test
    void aLongPositionFitsAUrlAndComesBackAsItWent() {
        Position position = position(1000, 1L << 53);

        String since = codec.encode(ANN, position, Optional.empty());

        assertTrue(since.length() <= MOST_CHARACTERS, since.length() + " characters");
        assertTrue(since.matches("[A-Za-z0-9_-]+"), "fits a URL as it is");
        assertEquals(position, decoded(since));
    }

    @Test
    void theLongestThatCarriesItselfFitsAUrlToo() {
        for (int groups = 1; groups < 60; groups++) {
            String since = codec.encode(ANN, position(groups, Long.MAX_VALUE), Optional.empty());
            assertTrue(since.length() <= MOST_CHARACTERS, since.length() + " characters");
        }
    }

    @Test
    void fromOnePollToTheNextALongPositionIsNotWrittenAnew() {
        Position position = position(1000, 1L << 53);
        String since = codec.encode(ANN, position, Optional.empty());
        for (int step = 0; step < 20; step++) {
            SortedMap<GroupId, Place> places = new TreeMap<>(position.places());
            places.put(group(step), new Place("0123456789", (1L << 53) + step, 7, step % 2));
            places.remove(group(999 - step));
            position = new Position(places);

            since = codec.encode(ANN, position, codec.decode(ANN, since).base());

            assertTrue(since.length() <= MOST_CHARACTERS, since.length() + " characters");
            assertEquals(position, decoded(since));
        }
        assertTrue(kept.writes <= 2, kept.writes + " writes");
    }

    @Test
    void theSamePositionIsTheSameText() {
        Position position = position(1000, 9);

        assertEquals(codec.encode(ANN, position, Optional.empty()), codec.encode(ANN, position, Optional.empty()));
    }

    @Test
    void aPositionNoLongerKeptIsForgottenNotRefused() {
        String since = codec.encode(ANN, position(1000, 9), Optional.empty());
        kept.texts.clear();

        assertEquals(Since.FORGOTTEN, codec.decode(ANN, since));
    }

    @Test
    void noOtherUserNoOtherServerAndNoChangedCharacterIsTaken() {
        String since = codec.encode(ANN, position(3, 9), Optional.empty());

        assertThrows(Refused.class, () -> codec.decode(BOB, since));
        assertThrows(Refused.class, () -> new SinceCodec("other secret", kept).decode(ANN, since));
        for (int i = 0; i < since.length() - 1; i++) {
            String changed = since.substring(0, i) + (since.charAt(i) == 'x' ? 'y' : 'x') + since.substring(i + 1);
            String cut = since.substring(0, i);
            assertThrows(Refused.class, () -> codec.decode(ANN, changed));
            assertThrows(Refused.class, () -> codec.decode(ANN, cut));
        }
    }

    @Test
    void aPositionKeptForOneUserIsNoneOfAnothers() {
        Position position = position(1000, 9);
        codec.encode(ANN, position, Optional.empty());

        assertNotEquals(codec.encode(ANN, position, Optional.empty()), codec.encode(BOB, position, Optional.empty()));
        assertEquals(2, kept.texts.size());
    }

    private Position decoded(String since) {
        return codec.decode(ANN, since).position().orElseThrow();
    }

    private static Position position(int groups, long number) {
        SortedMap<GroupId, Place> places = new TreeMap<>();
        for (int i = 0; i < groups; i++) {
            places.put(group(i), new Place("0123456789", number, number, number));
        }
        return new Position(places);
    }

    private static GroupId group(int number) {
        return new GroupId("g".repeat(60) + (1000 + number));
    }

    private static final class Kept implements Look {
        private final Map<String, String> texts = new HashMap<>();
        private int writes;

        @Override
        public Reads reads(Group group, UserId user, long after) {
            throw new AssertionError("a codec reads none");
        }

        @Override
        public Nudges nudges(Group group, UserId user, long after) {
            throw new AssertionError("not asked for");
        }

        @Override
        public void keep(UserId user, String name, String position) {
            texts.put(user + " " + name, position);
            writes++;
        }

        @Override
        public Optional<String> kept(UserId user, String name) {
            return Optional.ofNullable(texts.get(user + " " + name));
        }
    }
}
