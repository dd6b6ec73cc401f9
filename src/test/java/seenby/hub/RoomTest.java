package seenby.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import seenby.group.GroupId;
import seenby.group.GroupState;
import seenby.group.ReceiptPolicy;

/** Wakes and looks in every order in which they can arrive. */
class RoomTest {
    private final Room room = new Room();

    private static GroupState state(String incarnation, long seq) {
        return new GroupState(new GroupId("ops"), incarnation, seq, ReceiptPolicy.SENDER, 1, seq, 0, 0);
    }

    private void assertState(GroupState expected) {
        assertEquals(Optional.of(expected), room.state());
    }

    @Test
    void aWakeMovesTheRoom() {
        room.see(state("a", 1), room.moves());

        assertEquals(Optional.empty(), room.hear(state("a", 2)));
        assertState(state("a", 2));
    }

    @Test
    void aWakeThatALookHasOvertakenChangesNothing() {
        room.see(state("a", 5), room.moves());

        assertEquals(Optional.empty(), room.hear(state("a", 4)));
        assertState(state("a", 5));
        assertEquals(Optional.empty(), room.hear(state("a", 6)));
    }

    @Test
    void aLookThatWakesHaveOvertakenChangesNothing() {
        long before = room.moves();
        room.hear(state("a", 4));
        room.hear(state("a", 5));

        room.see(state("a", 3), before);

        assertState(state("a", 5));
    }

    @Test
    void aGapIsNoticed() {
        room.see(state("a", 1), room.moves());

        assertEquals(Optional.of(StaleCause.GAP), room.hear(state("a", 3)));
    }

    @Test
    void aWakeOfAnotherGroupWithTheSameIdLeavesNothingToTrust() {
        room.see(state("a", 7), room.moves());

        assertEquals(Optional.of(StaleCause.INCARNATION), room.hear(state("b", 1)));
        assertEquals(Optional.empty(), room.state());
    }

    @Test
    void aLookFindsALaterGroupWithTheSameId() {
        room.see(state("a", 7), room.moves());

        room.see(state("b", 1), room.moves());

        assertState(state("b", 1));
    }

    @Test
    void aSlowLookDoesNotBringAnEarlierGroupBack() {
        room.see(state("a", 7), room.moves());
        long before = room.moves();
        room.hear(state("b", 1));
        room.see(state("b", 1), room.moves());

        room.see(state("a", 7), before);

        assertEquals(Optional.empty(), room.state());
    }
}
