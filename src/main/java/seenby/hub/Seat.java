package seenby.hub;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicLong;
import seenby.group.Group;
import seenby.group.GroupId;
import seenby.group.GroupState;
import seenby.group.Groups;
import seenby.user.UserId;

/**
 * A user with an open poll on this instance, or one a moment ago: its open polls, and its memberships as far as this
 * instance has been told. As with a {@link Room}, to lose them costs one look.
 */
public final class Seat {
    private final UserId user;
    private final Groups groups;
    private final Rooms rooms;
    private final Set<UserWaiter> polls = new CopyOnWriteArraySet<>();

    private final AtomicLong doubts = new AtomicLong();

    /** A wake that arrives while a look takes the place of the memory must change the later one. */
    private final Object memoryLock = new Object();

    private volatile Memory memory = new Memory(KnownGroups.NONE, -1);
    private volatile long idleSince;

    Seat(UserId user, Groups groups, Rooms rooms) {
        this.user = user;
        this.groups = groups;
        this.rooms = rooms;
    }

    /**
     * What a look has found.
     *
     * @param doubts the number of doubts before the look; a later doubt makes it useless
     */
    private record Memory(KnownGroups groups, long doubts) {}

    UserId user() {
        return user;
    }

    Set<UserWaiter> polls() {
        return polls;
    }

    void add(UserWaiter poll) {
        polls.add(poll);
    }

    void remove(UserWaiter poll, long now) {
        polls.remove(poll);
        idleSince = now;
    }

    boolean isIdleSince(long time) {
        return polls.isEmpty() && idleSince - time <= 0;
    }

    /** The memberships are in doubt. */
    public void doubt() {
        doubts.incrementAndGet();
    }

    /** The ids of the groups at the last look. */
    Set<GroupId> groups() {
        return new HashSet<>(memory.groups().ids());
    }

    /** The memberships, from memory; empty if anything is in doubt. */
    public Optional<Map<GroupId, Membership>> remembered() {
        synchronized (memoryLock) {
            return remembered(memory.groups().ids());
        }
    }

    /** The same in some groups. */
    public Optional<Map<GroupId, Membership>> remembered(Collection<GroupId> some) {
        Map<GroupId, Membership> found = new TreeMap<>();
        synchronized (memoryLock) {
            KnownGroups known = memory.groups();
            some.forEach(id -> known.in(id).ifPresent(membership -> found.put(id, membership)));
            boolean isWhole = memory.doubts() == doubts.get() && found.size() == some.size();
            return isWhole ? Optional.of(found) : Optional.empty();
        }
    }

    /** The memberships, from the store. A doubt that arises meanwhile stays. */
    public synchronized Map<GroupId, Membership> look() {
        long before = doubts.get();
        Set<GroupId> ids = groups.idsOf(user);
        Map<GroupId, Long> moves = enter(ids);
        try {
            List<Group> found = groups.get(ids, user);
            found.forEach(group -> rooms.find(group.id())
                    .ifPresent(room -> room.see(group.state(), moves.getOrDefault(group.id(), 0L))));
            return remember(Membership.byGroup(found, rooms.names()), before);
        } finally {
            ids.removeAll(groups());
            exit(ids);
        }
    }

    private Map<GroupId, Membership> remember(SortedMap<GroupId, Membership> found, long before) {
        Set<GroupId> left = groups();
        left.removeAll(found.keySet());
        synchronized (memoryLock) {
            KnownGroups next = memory.groups().next(found, id -> rooms.find(id).orElseThrow());
            memory = new Memory(next, before);
        }
        exit(left);
        return found;
    }

    /** Enters the rooms before the look, so that it misses no wake. */
    private Map<GroupId, Long> enter(Set<GroupId> ids) {
        Map<GroupId, Long> moves = new HashMap<>();
        ids.forEach(id -> moves.put(id, rooms.enter(id, room -> room.add(this)).moves()));
        return moves;
    }

    /** Somebody has read a message of this user. */
    void hearRead(GroupState group) {
        boolean isKnown;
        synchronized (memoryLock) {
            isKnown = memory.groups().hearRead(group);
        }
        if (!isKnown) {
            doubt();
        }
    }

    /** Leaves all rooms. */
    synchronized void close() {
        exit(memory.groups().ids());
        memory = new Memory(KnownGroups.NONE, -1);
    }

    private void exit(Collection<GroupId> ids) {
        ids.forEach(id -> rooms.exit(id, room -> room.remove(this)));
    }
}
