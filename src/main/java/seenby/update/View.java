package seenby.update;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import seenby.group.GroupId;
import seenby.hub.Membership;

/** The position of one poll, and the search for news after it. */
final class View {
    private final PollContext context;
    private final Ask ask;
    private Optional<Position> position;

    View(PollContext context, Ask ask, Optional<Position> position) {
        this.context = context;
        this.ask = ask;
        this.position = position;
    }

    boolean hasPosition() {
        return position.isPresent();
    }

    /** Whether the position has more than the groups. */
    boolean isAheadOf(Collection<Membership> groups) {
        return position.filter(known ->
                        known.isAheadOf(groups.stream().map(Membership::group).toList()))
                .isPresent();
    }

    /** Whether the position has more than the groups, or is in others. */
    boolean knowsMoreThan(Map<GroupId, Membership> groups) {
        return position.filter(known -> known.anyMatch((id, place) -> membership(groups, id, place)
                        .filter(found -> !place.isAheadOf(found.group()))
                        .isEmpty()))
                .isPresent();
    }

    /** The membership that a place is in; empty if the user has left, or is in another group with this id. */
    private static Optional<Membership> membership(Map<GroupId, Membership> groups, GroupId id, Place place) {
        return Optional.ofNullable(groups.get(id)).filter(found -> place.isIn(found.group()));
    }

    /** Whether the groups have nothing after the position, and are the same. */
    boolean isQuietIn(Map<GroupId, Membership> groups) {
        return position.filter(known -> known.size() == groups.size()
                        && !known.anyMatch((id, place) -> membership(groups, id, place)
                                .filter(found -> !hasNews(found, place))
                                .isEmpty()))
                .isPresent();
    }

    private static boolean hasNews(Membership membership, Place place) {
        return hasMessages(membership, place) || hasReads(membership, place) || hasNudges(membership, place);
    }

    private static boolean hasMessages(Membership membership, Place place) {
        return membership.group().lastId() > place.id();
    }

    /** Whether there may be reads after the place that the user may see. */
    private static boolean hasReads(Membership membership, Place place) {
        return membership.lastVisibleRead() > place.read();
    }

    private static boolean hasNudges(Membership membership, Place place) {
        return membership.group().lastNudge() > place.nudge();
    }

    /** Goes back to the start without a position. */
    void forget() {
        position = Optional.empty();
    }

    /**
     * Begins in the groups that are not in the position: after the cursors without any, else where the user has joined.
     */
    void begin(Map<GroupId, Membership> groups) {
        Position known = position.orElse(Position.NOWHERE);
        Map<GroupId, Optional<Place>> begun = new HashMap<>();
        groups.forEach((id, membership) -> {
            if (known.in(id).isEmpty()) {
                begun.put(id, Optional.of(begin(membership)));
            }
        });
        position = Optional.of(known.with(begun));
    }

    private Place begin(Membership membership) {
        return position.isEmpty() ? Place.ofUnread(membership) : Place.ofJoin(membership);
    }

    /** Moves to the position of a gathering without news. */
    void moveTo(Position next) {
        position = Optional.of(next);
    }

    /** Adds the news in all groups of the position to a gathering that starts there. Tells those that are left. */
    Gathering gather(Map<GroupId, Membership> groups) {
        Gathering gathering = gathering();
        position.orElseThrow()
                .forEach((id, place) -> membership(groups, id, place)
                        .ifPresentOrElse(found -> gather(gathering, found, place), () -> gathering.leave(id)));
        return gathering;
    }

    /** The same in some groups; empty if the position is not in one of them. */
    Optional<Gathering> gatherIn(Map<GroupId, Membership> some) {
        Position known = position.orElseThrow();
        Gathering gathering = gathering();
        for (Map.Entry<GroupId, Membership> entry : some.entrySet()) {
            Optional<Place> place = known.in(entry.getKey())
                    .filter(found -> found.isIn(entry.getValue().group()));
            if (place.isEmpty()) {
                return Optional.empty();
            }
            gather(gathering, entry.getValue(), place.get());
        }
        return Optional.of(gathering);
    }

    private Gathering gathering() {
        return new Gathering(position.orElseThrow(), ask.limit());
    }

    private void gather(Gathering gathering, Membership membership, Place place) {
        gatherMessages(gathering, membership, place);
        gatherReads(gathering, membership, place);
        gatherNudges(gathering, membership, place);
    }

    private void gatherMessages(Gathering gathering, Membership membership, Place place) {
        if (hasMessages(membership, place)) {
            if (gathering.isFull()) {
                gathering.cut();
            } else {
                gathering.add(
                        membership.group().id(), context.messages(membership.group(), place.id(), gathering.room()));
                passOthersReads(gathering, membership, place);
            }
        }
    }

    /**
     * When messages move the position anyway, it also passes reads that only others may see. Otherwise these would
     * collect behind a user who sees only the reads of its own messages, and once they are deleted, that user would
     * have to resync.
     */
    private static void passOthersReads(Gathering gathering, Membership membership, Place place) {
        if (!hasReads(membership, place)) {
            gathering.passReads(membership.group().id(), membership.readsUpto());
        }
    }

    private void gatherReads(Gathering gathering, Membership membership, Place place) {
        gatherStretches(gathering, hasReads(membership, place), place.read(), after -> {
            Reads news = context.look().reads(membership.group(), ask.user(), after);
            gathering.add(membership.group().id(), news);
            return new Reached(news.upto(), news.more());
        });
    }

    private void gatherNudges(Gathering gathering, Membership membership, Place place) {
        gatherStretches(gathering, hasNudges(membership, place), place.nudge(), after -> {
            Nudges news = context.look().nudges(membership.group(), ask.user(), after);
            gathering.add(membership.group().id(), news);
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
