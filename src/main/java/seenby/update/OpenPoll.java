package seenby.update;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import seenby.group.Group;
import seenby.group.GroupId;
import seenby.group.ReceiptPolicy;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.refusal.Unavailable;
import seenby.user.UserId;

/**
 * One poll from its first look to its answer. Others signal to it; it looks in steps, never two at once, so that what it
 * knows needs no lock.
 */
final class OpenPoll {
    private final PollContext context;
    private final Ask ask;
    private final Since since;
    private final Set<GroupId> left;
    private final CompletableFuture<Update> answer = new CompletableFuture<>();
    private final Signals signals = new Signals();
    private final AtomicInteger pendingSteps = new AtomicInteger(1);
    private final AtomicBoolean awaitsReads = new AtomicBoolean();

    private final Map<GroupId, Group> groups = new TreeMap<>();
    private final Set<GroupId> watched = new HashSet<>();
    private final Set<GroupId> withReads = new HashSet<>();
    private Optional<Map<GroupId, Place>> places;

    /** @param left groups that it took itself to be in, to be told so at once */
    OpenPoll(PollContext context, Ask ask, Since since, Set<GroupId> left) {
        this.context = context;
        this.ask = ask;
        this.since = since;
        this.left = left;
        this.places = since.position().map(Position::places);
    }

    UserId user() {
        return ask.user();
    }

    /** Registers, looks, and answers at once where there is news or no time to wait. */
    CompletableFuture<Update> open() {
        signals.everything();
        if (ask.timeout().isZero()) {
            signals.finish();
        } else {
            context.waiters().enter(this);
            Future<?> timeout = context.after(ask.timeout(), this::finish);
            var unused = answer.whenComplete((update, failure) -> timeout.cancel(false));
        }
        runSteps();
        return answer;
    }

    void sent(GroupId group, long id) {
        signals.sent(group, id);
        signal();
    }

    /** Does not look yet: many acks make one look and one answer. */
    void acked(GroupId group) {
        signals.acked(group);
        awaitReads(context.coalesce());
    }

    void lookAgain() {
        signals.everything();
        signal();
    }

    void finish() {
        signals.finish();
        signal();
    }

    void away() {
        answer.completeExceptionally(new Unavailable("Redis is away"));
        signal();
    }

    void revoked(String tokenHash) {
        if (tokenHash.equals(ask.tokenHash())) {
            answer.completeExceptionally(new Refused(Refusal.UNAUTHORIZED));
            signal();
        }
    }

    private void awaitReads(Duration delay) {
        if (awaitsReads.compareAndSet(false, true)) {
            var unused = context.after(delay, () -> {
                awaitsReads.set(false);
                signals.readsDue();
                signal();
            });
        }
    }

    private void signal() {
        if (pendingSteps.getAndIncrement() == 0) {
            context.execute(this::runSteps);
        }
    }

    private void runSteps() {
        int taken = pendingSteps.get();
        do {
            step();
            taken = pendingSteps.addAndGet(-taken);
        } while (taken != 0);
    }

    private void step() {
        Signals.Taken news = signals.take();
        if (!answer.isDone()) {
            try {
                learn(news);
                decide(news, gather());
            } catch (Refused refused) {
                lookAgainOrFail(refused);
            } catch (RuntimeException failure) {
                answer.completeExceptionally(failure);
            }
        }
        if (answer.isDone()) {
            context.waiters().exit(this, watched);
        }
    }

    /** A group may be gone, or made anew, between two of our looks; then all is looked at again. */
    private void lookAgainOrFail(Refused refused) {
        if (refused.refusal() == Refusal.NO_GROUP) {
            lookAgain();
        } else {
            answer.completeExceptionally(refused);
        }
    }

    private void learn(Signals.Taken news) {
        if (news.everything()) {
            lookAtAll();
        }
        news.sent().forEach((id, last) -> groups.computeIfPresent(id, (same, group) -> group.withLast(last)));
        withReads.addAll(news.acked());
    }

    /**
     * Watches each group before it is looked at, so that no wake falls between; and looks at the token again, which may
     * have been revoked before the poll was registered, or while nobody listened.
     */
    private void lookAtAll() {
        if (context.users().byToken(ask.tokenHash()).isEmpty()) {
            throw new Refused(Refusal.UNAUTHORIZED);
        }
        Set<GroupId> ids = context.groups().idsOf(user());
        if (!ask.timeout().isZero()) {
            Collection<GroupId> unwatched = ids.stream().filter(watched::add).toList();
            context.waiters().watch(this, unwatched);
        }
        groups.clear();
        for (Group group : context.groups().look(ids, user())) {
            group.standing().ifPresent(standing -> groups.put(group.id(), group));
        }
        Map<GroupId, Place> known = new TreeMap<>(places.orElseGet(this::unread));
        groups.values()
                .forEach(group -> group.standing().ifPresent(standing -> {
                    Place place = known.computeIfAbsent(
                            group.id(),
                            joined ->
                                    new Place(group.incarnation(), standing.joinedAfter(), standing.joinedAfterRead()));
                    noteReads(group, standing, place);
                }));
        places = Optional.of(known);
    }

    /** Where one begins who names no position: after what it has acked, and with the reads from now on. */
    private Map<GroupId, Place> unread() {
        Map<GroupId, Place> start = new TreeMap<>();
        groups.values()
                .forEach(group -> group.standing()
                        .ifPresent(standing -> start.put(
                                group.id(), new Place(group.incarnation(), standing.lastAck(), group.lastRead()))));
        return start;
    }

    private void noteReads(Group group, Group.Standing standing, Place place) {
        if (!place.incarnation().equals(group.incarnation())) {
            return;
        }
        if (place.id() > group.lastId() || place.read() > group.lastRead()) {
            throw SinceCodec.refused();
        }
        long newest = group.receipts() == ReceiptPolicy.MEMBERS ? group.lastRead() : standing.lastReadOfOwn();
        if (newest > place.read()) {
            withReads.add(group.id());
        }
    }

    private Gathering gather() {
        Map<GroupId, Place> from = places.orElseThrow();
        Gathering gathering = new Gathering(from, ask.limit());
        gathering.tellLeft(left);
        if (since.forgotten()) {
            gathering.resync(groups.keySet());
        }
        from.forEach((id, place) -> {
            Group group = groups.get(id);
            if (group == null || !group.incarnation().equals(place.incarnation())) {
                gathering.leave(id);
            } else {
                gatherMessages(gathering, group, place);
                gatherReads(gathering, group, place);
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
     * Reads that concern others are passed with the messages, where the place is written anew anyway: else they would
     * pile up behind a sender who hears of its own only, and once they are no longer kept it would be told to resync.
     */
    private void passOthersReads(Gathering gathering, Group group) {
        if (!withReads.contains(group.id())) {
            gathering.passReads(group.id(), group.lastRead());
        }
    }

    private void gatherReads(Gathering gathering, Group group, Place place) {
        boolean more = withReads.contains(group.id());
        long after = place.read();
        while (more && !gathering.isHeavy()) {
            Reads news = context.look().reads(group, user(), after);
            gathering.add(group.id(), news);
            after = news.upto();
            more = news.more();
        }
        if (more) {
            gathering.cut();
        }
    }

    private void decide(Signals.Taken news, Gathering gathering) {
        if (news.finish() || !gathering.hasOnlyReads()) {
            answer(gathering);
        } else if (gathering.isEmpty()) {
            places = Optional.of(gathering.position().places());
            withReads.clear();
        } else if (news.readsDue()
                || gathering.oldestRead().isBefore(context.now().minus(context.coalesce()))) {
            answer(gathering);
        } else {
            Duration age = Duration.between(gathering.oldestRead(), context.now());
            awaitReads(context.coalesce().minus(age.isNegative() ? Duration.ZERO : age));
        }
    }

    /** An answer without news gives the {@code since} back that it was asked with. */
    private void answer(Gathering gathering) {
        Optional<String> same = gathering.isEmpty() ? ask.since() : Optional.empty();
        String next = same.orElseGet(() -> context.codec().encode(user(), gathering.position(), since.base()));
        answer.complete(gathering.update(next));
    }
}
