package seenby.hub;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Set<UserWaiter> polls = ConcurrentHashMap.newKeySet();

    private final AtomicLong doubts = new AtomicLong();
    private volatile Memory memory = new Memory(Map.of(), -1);
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
    private record Memory(Map<GroupId, Entry> entries, long doubts) {
        Optional<Entry> in(GroupId group) {
            return Optional.ofNullable(entries.get(group));
        }
    }

    /** A membership. Only the newest read of the member's own messages changes while it lasts. */
    private static final class Entry {
        private final Room room;
        private final String incarnation;
        private volatile Known known;

        /** The standing, with all reads up to that number. */
        private record Known(Group.Standing standing, long readsUpto) {}

        Entry(Room room, Membership found) {
            this.room = room;
            this.incarnation = found.group().incarnation();
            this.known = new Known(found.standing(), found.readsUpto());
        }

        boolean isIn(GroupState group) {
            return incarnation.equals(group.incarnation());
        }

        /** A look may be older than the wakes that have arrived meanwhile. */
        synchronized void see(Membership found) {
            long upto = Math.max(known.readsUpto(), found.readsUpto());
            known = new Known(found.standing().withReadOfOwn(known.standing().lastReadOfOwn()), upto);
        }

        synchronized void hearRead(long number) {
            known = new Known(known.standing().withReadOfOwn(number), known.readsUpto());
        }

        Optional<Membership> membership() {
            // before the standing is read, because a wake moves them in the other order
            long heardUpto = room.readsHeard(incarnation);
            Known now = known;
            long upto = Math.max(heardUpto, now.readsUpto());
            return room.state().filter(this::isIn).map(group -> new Membership(group, now.standing(), upto));
        }
    }

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
        return memory.entries().keySet();
    }

    /** The memberships, from memory; empty if anything is in doubt. */
    public Optional<Map<GroupId, Membership>> remembered() {
        Memory known = memory;
        return remembered(known, known.entries().keySet());
    }

    /** The same in some groups. */
    public Optional<Map<GroupId, Membership>> remembered(Collection<GroupId> some) {
        return remembered(memory, some);
    }

    private Optional<Map<GroupId, Membership>> remembered(Memory known, Collection<GroupId> some) {
        Map<GroupId, Membership> found = new TreeMap<>();
        for (GroupId id : some) {
            known.in(id).flatMap(Entry::membership).ifPresent(membership -> found.put(id, membership));
        }
        boolean isWhole = known.doubts() == doubts.get() && found.size() == some.size();
        return isWhole ? Optional.of(found) : Optional.empty();
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
            return remember(Membership.byGroup(found), before);
        } finally {
            ids.removeAll(memory.entries().keySet());
            exit(ids);
        }
    }

    private Map<GroupId, Membership> remember(Map<GroupId, Membership> found, long before) {
        Map<GroupId, Entry> entries = new HashMap<>();
        found.forEach((id, membership) -> entries.put(id, entry(membership)));
        Set<GroupId> left = new HashSet<>(memory.entries().keySet());
        left.removeAll(entries.keySet());
        memory = new Memory(entries, before);
        exit(left);
        return found;
    }

    /** Enters the rooms before the look, so that it misses no wake. */
    private Map<GroupId, Long> enter(Set<GroupId> ids) {
        Map<GroupId, Long> moves = new HashMap<>();
        ids.forEach(id ->
                moves.put(id, rooms.enter(id, room -> room.seats().add(this)).moves()));
        return moves;
    }

    /** An entry stays the same object, because a wake may change it meanwhile. */
    private Entry entry(Membership found) {
        GroupState group = found.group();
        Optional<Entry> known = memory.in(group.id()).filter(entry -> entry.isIn(group));
        known.ifPresent(entry -> entry.see(found));
        return known.orElseGet(() -> new Entry(rooms.find(group.id()).orElseThrow(), found));
    }

    /** Somebody has read a message of this user. */
    void hearRead(GroupState group) {
        memory.in(group.id())
                .filter(entry -> entry.isIn(group))
                .ifPresentOrElse(entry -> entry.hearRead(group.lastRead()), this::doubt);
    }

    /** Leaves all rooms. */
    synchronized void close() {
        exit(memory.entries().keySet());
        memory = new Memory(Map.of(), -1);
    }

    private void exit(Collection<GroupId> ids) {
        ids.forEach(id -> rooms.exit(id, room -> room.seats().remove(this)));
    }
}
