package seenby.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import seenby.group.Group;
import seenby.group.GroupId;
import seenby.group.GroupState;
import seenby.group.ReceiptPolicy;

/** The memberships of a user between looks and wakes. */
class KnownGroupsTest {
    private static final GroupId OPS = new GroupId("ops");

    private final Room room = new Room();

    private static GroupState state(String incarnation, long seq) {
        return new GroupState(OPS, incarnation, seq, ReceiptPolicy.SENDER, 1, seq, seq, 0);
    }

    private static Membership membership(GroupState group, long readOfOwn) {
        return new Membership(group, new Group.Standing(4, 3, 2, readOfOwn), group.lastRead());
    }

    /** What a look has found, which the room takes too. */
    private KnownGroups look(KnownGroups before, Membership found) {
        room.see(found.group(), room.moves());
        SortedMap<GroupId, Membership> groups = new TreeMap<>();
        groups.put(OPS, found);
        return before.next(groups, group -> room);
    }

    @Test
    void whatALookHasFoundIsRemembered() {
        Membership found = membership(state("a", 1L << 40), 7);

        assertEquals(Optional.of(found), look(KnownGroups.NONE, found).in(OPS));
        assertEquals(Optional.empty(), KnownGroups.NONE.in(OPS));
    }

    @Test
    void aReadThatALookHasNotSeenIsKept() {
        KnownGroups known = look(KnownGroups.NONE, membership(state("a", 5), 0));

        assertTrue(known.hearRead(state("a", 9)));
        KnownGroups next = look(known, membership(state("a", 8), 0));

        assertEquals(9, next.in(OPS).orElseThrow().standing().lastReadOfOwn());
    }

    @Test
    void anEarlierGroupWithTheSameIdLeavesNothing() {
        KnownGroups known = look(KnownGroups.NONE, membership(state("a", 9), 9));

        KnownGroups next = look(known, membership(state("b", 2), 0));

        assertEquals(membership(state("b", 2), 0), next.in(OPS).orElseThrow());
        assertFalse(next.hearRead(state("a", 10)), "a read in the earlier group");
    }

    @Test
    void aGroupInDoubtIsNotRemembered() {
        KnownGroups known = look(KnownGroups.NONE, membership(state("a", 5), 0));

        room.forget();

        assertEquals(Optional.empty(), known.in(OPS));
    }
}
