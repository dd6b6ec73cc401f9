package seenby.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import seenby.group.GroupId;
import seenby.group.GroupState;
import seenby.refusal.Refused;
import seenby.refusal.Unavailable;
import seenby.support.TestClock;
import seenby.user.UserId;

/** The text form of a position: signed, bound to its user, and short enough for a URL. */
class SinceCodecTest {
    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");
    private static final int MAX_CHARACTERS = 4095;
    private static final Since START = Since.none("abcdefgh");

    private final MemoryLook store = new MemoryLook();
    private final TestClock clock = new TestClock();
    private String line = "abcdefgh";
    private final SinceCodec codec = codec("secret");

    /** The codec of a server that remembers nothing yet. */
    private SinceCodec codec(String secret) {
        return new SinceCodec(secret, new KeptPositions(store, clock), () -> line);
    }

    @Test
    void decodingReturnsTheEncodedPosition() {
        Position position = position(5, 1L << 53);

        assertEquals(position, decoded(codec.encode(ANN, position, START)));
        assertEquals(Position.NOWHERE, decoded(codec.encode(ANN, Position.NOWHERE, START)));
        assertEquals(0, store.writes, "a short position is not stored");
    }

    @Test
    void aSinceThatAnEarlierServerIssuedIsValidAndIsIssuedAgain() {
        String since = "YWJjZGVmZ2ggCmNhdHMgMDAwMDAwMDBhYSAxNSA3Cm93bHMgMDAwMDA"
                + "wMDBiYiAyZ29zYTdwYTJndyBlMTN3dTFvZyAzCsbQVFT1fjbPyBG20Q";
        Position position = new Position(new TreeMap<>(Map.of(
                new GroupId("cats"), new Place("00000000aa", 41, 7, 0),
                new GroupId("owls"), new Place("00000000bb", 1L << 53, 1L << 40, 3))));

        assertEquals(position, decoded(since));
        assertEquals(since, codec.encode(ANN, position, START));
    }

    @Test
    void aLongPositionFitsAUrlAndIsDecodedUnchanged() {
        Position position = position(1000, 1L << 53);

        String since = codec.encode(ANN, position, START);

        assertTrue(since.length() <= MAX_CHARACTERS, since.length() + " characters");
        assertTrue(since.matches("[A-Za-z0-9_-]+"), "it needs no URL encoding");
        assertEquals(position, decoded(since));
    }

    @Test
    void theLongestPositionThatIsNotStoredFitsAUrlToo() {
        for (int groups = 1; groups < 60; groups++) {
            String since = codec.encode(ANN, position(groups, Long.MAX_VALUE), START);
            assertTrue(since.length() <= MAX_CHARACTERS, since.length() + " characters");
        }
    }

    @Test
    void aLongPositionIsNotStoredAgainAtEveryPoll() {
        Position position = position(1000, 1L << 53);
        String since = codec.encode(ANN, position, START);
        for (int step = 0; step < 20; step++) {
            SortedMap<GroupId, Place> places = new TreeMap<>(position.places());
            places.put(group(step), new Place("0123456789", (1L << 53) + step, 7, step % 2));
            places.remove(group(999 - step));
            position = new Position(places);

            since = codec.encode(ANN, position, codec.decode(ANN, since));

            assertTrue(since.length() <= MAX_CHARACTERS, since.length() + " characters");
            assertEquals(position, decoded(since));
        }
        assertTrue(store.writes <= 2, store.writes + " writes");
    }

    @Test
    void aLongPositionIsIssuedWhileTheStoreIsFullAndStoredAtItsFirstUseAfterwards() {
        Position position = position(1000, 9);
        store.refusal = Optional.of(new Unavailable(Unavailable.Outage.FULL, "full"));
        String since = codec.encode(ANN, position, START);

        assertEquals(position, decoded(since));
        assertTrue(codec("secret").decode(ANN, since).forgotten(), "only this server knows it");
        store.refusal = Optional.empty();
        assertEquals(position, decoded(since));

        assertEquals(1, store.writes);
        assertEquals(Optional.of(position), codec("secret").decode(ANN, since).position());
    }

    @Test
    void aStoredPositionIsFoundWhileTheStoreTakesNoWrites() {
        Position position = position(1000, 9);
        String since = codec.encode(ANN, position, START);
        clock.move(Duration.ofDays(1));
        store.refusal = Optional.of(new Unavailable(Unavailable.Outage.READ_ONLY, "a replica"));

        assertEquals(position, decoded(since));
        store.refusal = Optional.empty();
        assertEquals(position, decoded(since));

        assertEquals(1, store.renewals, "it is due until it is renewed");
    }

    @Test
    void noPositionIsIssuedWhileTheStoreIsAway() {
        store.refusal = Optional.of(new Unavailable("away"));

        assertThrows(Unavailable.class, () -> codec.encode(ANN, position(1000, 9), START));
    }

    @Test
    void equalPositionsHaveTheSameText() {
        Position position = position(1000, 9);

        assertEquals(codec.encode(ANN, position, START), codec.encode(ANN, position, START));
    }

    @Test
    void aTextThatAPollComesBackWithIsHeldOnce() {
        String since = codec.encode(ANN, position(40, 9), START);
        String sent = since.substring(0, 9) + since.substring(9);

        assertSame(since, codec.shared(sent));
        assertEquals("unknown", codec.shared("unknown"));
    }

    @Test
    void anExpiredPositionIsEmptyAndNotRefused() {
        String since = codec.encode(ANN, position(1000, 9), START);
        store.texts.clear();

        assertEquals(Since.forgotten(line), codec("secret").decode(ANN, since));
    }

    @Test
    void aPositionOfAnotherLineOfHistoryIsForgottenAndNotRefused() {
        List<String> sinces = List.of(
                codec.encode(ANN, position(3, 9), START), // complete
                codec.encode(ANN, position(1000, 9), START), // stored
                codec.sign(ANN, "\n"), // of version 0.1.0
                codec.sign(ANN, "abcdefgh\n"));

        line = "ABCDEFGH";

        sinces.forEach(since -> assertEquals(Since.forgotten(line), codec.decode(ANN, since)));
    }

    @Test
    void aPositionBelongsToTheLineThatItsPollBeganIn() {
        line = "ABCDEFGH";

        String since = codec.encode(ANN, position(3, 9), START);

        assertEquals(Since.forgotten(line), codec.decode(ANN, since));
    }

    @Test
    void anotherUserAnotherServerOrAChangedCharacterIsRefused() {
        String since = codec.encode(ANN, position(3, 9), START);

        assertThrows(Refused.class, () -> codec.decode(BOB, since));
        assertThrows(Refused.class, () -> codec("other secret").decode(ANN, since));
        for (int i = 0; i < since.length() - 1; i++) {
            String changed = since.substring(0, i) + (since.charAt(i) == 'x' ? 'y' : 'x') + since.substring(i + 1);
            String cut = since.substring(0, i);
            assertThrows(Refused.class, () -> codec.decode(ANN, changed));
            assertThrows(Refused.class, () -> codec.decode(ANN, cut));
        }
    }

    @Test
    void aStoredPositionBelongsToOneUser() {
        Position position = position(1000, 9);
        codec.encode(ANN, position, START);

        assertNotEquals(codec.encode(ANN, position, START), codec.encode(BOB, position, START));
        assertEquals(2, store.texts.size());
    }

    @Test
    void aStoredPositionInUseCostsTheStoreOneRenewalADay() {
        String since = codec.encode(ANN, position(1000, 9), START);
        for (int hour = 0; hour < 48; hour++) {
            codec.decode(ANN, since);
            codec.encode(ANN, position(1000, 9), START);
            clock.move(Duration.ofHours(1));
        }

        assertEquals(1, store.writes);
        assertEquals(0, store.reads);
        assertEquals(1, store.renewals);
    }

    @Test
    void aServerThatDoesNotKnowAStoredPositionReadsItOnce() {
        String since = codec.encode(ANN, position(1000, 9), START);
        SinceCodec other = codec("secret");

        for (int i = 0; i < 3; i++) {
            assertEquals(position(1000, 9), other.decode(ANN, since).position().orElseThrow());
        }

        assertEquals(1, store.reads);
        assertEquals(0, store.renewals, "to read it renews it");
    }

    @Test
    void aStoredPositionThatTheStoreHasLostIsStoredAgain() {
        String since = codec.encode(ANN, position(1000, 9), START);
        store.texts.clear();
        clock.move(Duration.ofDays(1));

        assertEquals(position(1000, 9), decoded(since));
        assertEquals(
                position(1000, 9), codec("secret").decode(ANN, since).position().orElseThrow());
    }

    @Test
    void aPositionIsStoredInEachLineOfHistory() {
        codec.encode(ANN, position(1000, 9), START);
        store.texts.clear();
        line = "ABCDEFGH";

        String since = codec.encode(ANN, position(1000, 9), Since.none(line));

        assertEquals(
                position(1000, 9), codec("secret").decode(ANN, since).position().orElseThrow());
    }

    @Test
    void aStoredPositionDoesNotChangeWithThePositionThatItWasMadeFrom() {
        SortedMap<GroupId, Place> places = new TreeMap<>(position(1000, 9).places());
        String since = codec.tell(ANN, new Position(places), START).text();

        places.remove(group(5));

        assertEquals(position(1000, 9), decoded(since));
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

    private static final class MemoryLook implements Look {
        private final Map<String, String> texts = new HashMap<>();
        private int writes;
        private int reads;
        private int renewals;
        private Optional<Unavailable> refusal = Optional.empty();

        private void requireRoom() {
            refusal.ifPresent(refused -> {
                throw refused;
            });
        }

        @Override
        public Reads reads(GroupState group, UserId user, long after) {
            throw new AssertionError("the codec reads no reads");
        }

        @Override
        public Nudges nudges(GroupState group, UserId user, long after) {
            throw new AssertionError("the codec reads no nudges");
        }

        @Override
        public void keep(UserId user, String name, String position) {
            requireRoom();
            texts.put(user + " " + name, position);
            writes++;
        }

        @Override
        public Optional<String> kept(UserId user, String name) {
            reads++;
            return Optional.ofNullable(texts.get(user + " " + name));
        }

        @Override
        public boolean renew(UserId user, String name) {
            requireRoom();
            renewals++;
            return texts.containsKey(user + " " + name);
        }
    }
}
