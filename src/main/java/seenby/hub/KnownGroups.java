package seenby.hub;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.LongStream;
import seenby.group.Group;
import seenby.group.GroupId;
import seenby.group.GroupState;
import seenby.platform.CompactNumbers;

/**
 * The memberships of a user as a look has found them. While they last, only the newest read of the user's own messages
 * changes. They are remembered for each user that polls, so they consist of arrays: a map of objects takes several
 * times the memory. The caller has a lock.
 */
final class KnownGroups {
    static final KnownGroups NONE = new KnownGroups(List.of(), group -> new Room());

    /** In {@code numbers}, for each group: the standing, and up to which number its reads are in it. */
    private static final int NUMBERS = 5;

    private static final int READ_OF_OWN = 3;
    private static final int READS_UPTO = 4;

    private final GroupId[] ids;
    private final Room[] rooms;
    private final String[] incarnations;
    private final CompactNumbers numbers;

    /** @param found in the order of the ids */
    private KnownGroups(Collection<Membership> found, Function<GroupId, Room> room) {
        ids = found.stream().map(membership -> membership.group().id()).toArray(GroupId[]::new);
        rooms = Arrays.stream(ids).map(room).toArray(Room[]::new);
        incarnations = found.stream()
                .map(membership -> membership.group().incarnation())
                .toArray(String[]::new);
        numbers = new CompactNumbers(found.stream().flatMapToLong(KnownGroups::numbers));
    }

    private static LongStream numbers(Membership found) {
        Group.Standing standing = found.standing();
        return LongStream.of(
                standing.lastAck(),
                standing.joinedAfter(),
                standing.joinedAfterRead(),
                standing.lastReadOfOwn(),
                found.readsUpto());
    }

    /** What a later look has found. It may be older than the wakes that have arrived meanwhile. */
    KnownGroups next(SortedMap<GroupId, Membership> found, Function<GroupId, Room> room) {
        KnownGroups next = new KnownGroups(found.values(), room);
        for (int i = 0; i < ids.length; i++) {
            Optional<Integer> same = next.index(ids[i], incarnations[i]);
            if (same.isPresent()) {
                next.raise(same.get(), READ_OF_OWN, number(i, READ_OF_OWN));
                next.raise(same.get(), READS_UPTO, number(i, READS_UPTO));
            }
        }
        return next;
    }

    List<GroupId> ids() {
        return List.of(ids);
    }

    /** The membership in a group; empty if its room is in doubt, or the user is not in this group. */
    Optional<Membership> in(GroupId group) {
        int index = index(group);
        return index < 0 ? Optional.empty() : membership(index);
    }

    private Optional<Membership> membership(int index) {
        String incarnation = incarnations[index];
        // before the standing is read, because a wake moves them in the other order
        long heardUpto = rooms[index].readsHeard(incarnation);
        long upto = Math.max(heardUpto, number(index, READS_UPTO));
        return rooms[index]
                .state()
                .filter(group -> incarnation.equals(group.incarnation()))
                .map(group -> new Membership(group, standing(index), upto));
    }

    private Group.Standing standing(int index) {
        return new Group.Standing(number(index, 0), number(index, 1), number(index, 2), number(index, READ_OF_OWN));
    }

    /** Somebody has read a message of the user. Returns whether the user is known to be in this group. */
    boolean hearRead(GroupState group) {
        Optional<Integer> index = index(group.id(), group.incarnation());
        index.ifPresent(known -> raise(known, READ_OF_OWN, group.lastRead()));
        return index.isPresent();
    }

    private void raise(int index, int which, long number) {
        int at = index * NUMBERS + which;
        numbers.set(at, Math.max(numbers.get(at), number));
    }

    private long number(int index, int which) {
        return numbers.get(index * NUMBERS + which);
    }

    private int index(GroupId group) {
        return Arrays.binarySearch(ids, group);
    }

    private Optional<Integer> index(GroupId group, String incarnation) {
        int index = index(group);
        return index >= 0 && incarnations[index].equals(incarnation) ? Optional.of(index) : Optional.empty();
    }
}
