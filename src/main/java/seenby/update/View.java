package seenby.update;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;
import seenby.group.Group;
import seenby.group.GroupId;
import seenby.group.ReceiptPolicy;

/** The state of one poll: the groups of its user at the last look, and its position in each. */
final class View {
    private final PollContext context;
    private final Ask ask;
    private final Map<GroupId, Group> groups = new TreeMap<>();
    private final Set<GroupId> withReads = new HashSet<>();
    private final Set<GroupId> withNudges = new HashSet<>();
    private Optional<SortedMap<GroupId, Place>> places;

    View(PollContext context, Ask ask, Optional<Position> position) {
        this.context = context;
        this.ask = ask;
        this.places = position.map(Position::places);
    }

    Set<GroupId> groups() {
        return groups.keySet();
    }

    /** Looks at all these groups again. */
    void look(Collection<GroupId> ids) {
        groups.clear();
        for (Group group : context.groups().get(ids, ask.user())) {
            group.standing().ifPresent(standing -> groups.put(group.id(), group));
        }
    }

    /** Whether the position has more than the groups had at the last look. */
    boolean isAhead() {
        return places.filter(known -> new Position(known).isAheadOf(groups.values()))
                .isPresent();
    }

    /** Goes back to the start without a position. */
    void forget() {
        places = Optional.empty();
        withReads.clear();
        withNudges.clear();
    }

    /** Finds the groups with news after the position, and begins where the user has joined a group. */
    void findNews() {
        SortedMap<GroupId, Place> known = new TreeMap<>(places.orElseGet(this::unread));
        groups.values()
                .forEach(group -> group.standing().ifPresent(standing -> {
                    Place place = known.computeIfAbsent(
                            group.id(),
                            joined -> new Place(
                                    group.incarnation(), standing.joinedAfter(), standing.joinedAfterRead(), 0));
                    noteNews(group, standing, place);
                }));
        places = Optional.of(known);
    }

    /**
     * The start without a position: after the cursor, with the reads from now on, and with all nudges, since those are
     * about unread messages.
     */
    private SortedMap<GroupId, Place> unread() {
        SortedMap<GroupId, Place> start = new TreeMap<>();
        groups.values()
                .forEach(group -> group.standing()
                        .ifPresent(standing -> start.put(
                                group.id(), new Place(group.incarnation(), standing.lastAck(), group.lastRead(), 0))));
        return start;
    }

    private void noteNews(Group group, Group.Standing standing, Place place) {
        if (!place.isIn(group)) {
            return;
        }
        long newest = group.receipts() == ReceiptPolicy.MEMBERS ? group.lastRead() : standing.lastReadOfOwn();
        if (newest > place.read()) {
            withReads.add(group.id());
        }
        if (group.lastNudge() > place.nudge()) {
            withNudges.add(group.id());
        }
    }

    /** Whether a wake is of another group than the one with its id at the last look. */
    boolean isOutdatedBy(Collection<Wake.Sent> wakes) {
        return wakes.stream()
                .anyMatch(wake -> Optional.ofNullable(groups.get(wake.group()))
                        .filter(group -> !group.incarnation().equals(wake.incarnation()))
                        .isPresent());
    }

    void sent(Collection<Wake.Sent> wakes) {
        wakes.forEach(wake -> groups.computeIfPresent(
                wake.group(),
                (id, group) -> group.incarnation().equals(wake.incarnation()) ? group.withLast(wake.id()) : group));
    }

    void acked(Collection<GroupId> ids) {
        withReads.addAll(ids);
    }

    void nudged(Collection<GroupId> ids) {
        withNudges.addAll(ids);
    }

    /** Moves to the position of a gathering without news. */
    void moveTo(Position position) {
        places = Optional.of(position.places());
        withReads.clear();
        withNudges.clear();
    }

    /** Adds all news to a gathering that starts at this position. */
    Gathering gather() {
        Map<GroupId, Place> from = places.orElseThrow();
        Gathering gathering = new Gathering(from, ask.limit());
        from.forEach((id, place) -> {
            Group group = groups.get(id);
            if (group == null || !place.isIn(group)) {
                gathering.leave(id);
            } else {
                gatherMessages(gathering, group, place);
                gatherReads(gathering, group, place);
                gatherNudges(gathering, group, place);
            }
        });
        return gathering;
    }

    private void gatherMessages(Gathering gathering, Group group, Place place) {
        if (place.id() < group.lastId()) {
            if (gathering.isFull()) {
                gathering.cut();
            } else {
                gathering.add(group.id(), context.messages(group, place.id(), gathering.room()));
                passOthersReads(gathering, group);
            }
        }
    }

    /**
     * When messages move the position anyway, it also passes reads that only others may see. Otherwise these would
     * collect behind a user who sees only the reads of its own messages, and once they are deleted, that user would
     * have to resync.
     */
    private void passOthersReads(Gathering gathering, Group group) {
        if (!withReads.contains(group.id())) {
            gathering.passReads(group.id(), group.lastRead());
        }
    }

    private void gatherReads(Gathering gathering, Group group, Place place) {
        gatherStretches(gathering, withReads.contains(group.id()), place.read(), after -> {
            Reads news = context.look().reads(group, ask.user(), after);
            gathering.add(group.id(), news);
            return new Reached(news.upto(), news.more());
        });
    }

    private void gatherNudges(Gathering gathering, Group group, Place place) {
        gatherStretches(gathering, withNudges.contains(group.id()), place.nudge(), after -> {
            Nudges news = context.look().nudges(group, ask.user(), after);
            gathering.add(group.id(), news);
            return new Reached(news.upto(), news.more());
        });
    }

    /** The position after a part of the news, and whether more follow. */
    private record Reached(long upto, boolean more) {}

    private static void gatherStretches(
            Gathering gathering, boolean any, long begin, LongFunction<Reached> gatherAfter) {
        Reached reached = new Reached(begin, any);
        while (reached.more() && !gathering.isHeavy()) {
            reached = gatherAfter.apply(reached.upto());
        }
        if (reached.more()) {
            gathering.cut();
        }
    }
}
