package seenby.update;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import seenby.group.GroupId;
import seenby.hub.Membership;
import seenby.hub.Seat;
import seenby.hub.UserWaiter;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.refusal.Unavailable;
import seenby.user.UserId;

/**
 * One poll from its first look to its answer. Signals make it look again. It looks in steps that never run at the same
 * time, so its state needs no lock.
 */
final class OpenPoll implements UserWaiter {
    private static final Duration AFTER_OUTAGE = Duration.ofMillis(500);

    private final PollContext context;
    private final Ask ask;
    private final Set<GroupId> left;
    private final LongConsumer waited;
    private final CompletableFuture<Outcome> answer = new CompletableFuture<>();
    private final Signals signals = new Signals();
    private final Steps steps;
    private final AtomicBoolean awaitsReads = new AtomicBoolean();

    private final View view;
    private Since since;

    private long waitsSince;

    /** Whether it has looked, and found no reason to answer. Whoever ends the poll reads it. */
    private volatile boolean waits;

    private Optional<Seat> seat = Optional.empty();

    /**
     * Creates one that is not registered yet.
     *
     * @param left groups of its acks that the user is not in; it reports them at once
     * @param waited is told before the answer for how many nanoseconds it waited for news, if it did
     */
    OpenPoll(PollContext context, Ask ask, Since since, Set<GroupId> left, LongConsumer waited) {
        this.context = context;
        this.ask = ask;
        this.since = since;
        this.left = left;
        this.waited = waited;
        this.view = new View(context, ask, since.position());
        this.steps = new Steps(this::step);
    }

    @Override
    public UserId user() {
        return ask.user();
    }

    @Override
    public String tokenHash() {
        return ask.tokenHash();
    }

    /** Registers, looks, and answers at once if there is news or no time to wait. */
    CompletableFuture<Outcome> open() {
        signals.everything();
        if (ask.timeout().isZero()) {
            signals.finish();
        } else {
            register();
        }
        steps.begin();
        return answer;
    }

    /**
     * Registers one that may wait. This thread does not look: if memory cannot tell that there is no news, the executor
     * does.
     */
    CompletableFuture<Outcome> open(Executor executor) {
        register();
        if (isQuiet()) {
            waitFrom(System.nanoTime());
            steps.skip(context.workers());
        } else {
            signals.everything();
            executor.execute(steps::begin);
        }
        return answer;
    }

    private void register() {
        seat = Optional.of(context.hub().enter(this));
        Future<?> timeout = context.after(ask.timeout(), () -> expire(context.workers()));
        var unused = answer.whenComplete((update, failure) -> timeout.cancel(false));
    }

    /** Whether memory tells that a first look would find nothing. */
    private boolean isQuiet() {
        return remembered().filter(view::isQuietIn).isPresent()
                && context.users().remembered(ask.tokenHash()).isPresent()
                && context.codec().isCurrent(since);
    }

    @Override
    public void hear(GroupId group, Executor executor) {
        signals.group(group);
        steps.signal(executor);
    }

    /** Waits before it looks, so that many acks make one look and one answer. The user's own acks are no news. */
    @Override
    public void hearRead(GroupId group, UserId reader) {
        if (!reader.equals(user())) {
            signals.group(group);
            awaitReads(context.coalesce());
        }
    }

    @Override
    public void lookAgain(Executor executor) {
        signals.everything();
        steps.signal(executor);
    }

    private void expire(Executor executor) {
        signals.finish();
        steps.signal(executor);
    }

    @Override
    public void finish(Executor executor) {
        signals.everything();
        expire(executor);
    }

    @Override
    public void fail(RuntimeException reason, Executor executor) {
        tellWait(System.nanoTime());
        answer.completeExceptionally(reason);
        steps.signal(executor);
    }

    private void tellWait(long end) {
        if (waits) {
            waited.accept(end - waitsSince);
        }
    }

    private void awaitReads(Duration delay) {
        if (awaitsReads.compareAndSet(false, true)) {
            var unused = context.after(delay, () -> {
                awaitsReads.set(false);
                signals.readsDue();
                steps.signal(context.workers());
            });
        }
    }

    private void waitFrom(long nanos) {
        if (!waits) {
            waitsSince = nanos;
            waits = true;
        }
    }

    private void step() {
        long begin = System.nanoTime();
        Signals.Taken news = signals.take();
        if (!answer.isDone()) {
            try {
                decide(news, gather(news), begin);
                waitFrom(begin);
            } catch (RuntimeException failure) {
                retryOrFail(news, failure, begin);
            }
        }
        if (answer.isDone()) {
            seat.ifPresent(entered -> context.hub().exit(this));
        }
    }

    /**
     * A group may be deleted or created again between two looks. Then the poll looks at all groups again. One that
     * waits outlasts a short outage too; in a long one the hub ends it.
     */
    private void retryOrFail(Signals.Taken news, RuntimeException failure, long begin) {
        if (failure instanceof Refused refused && refused.refusal() == Refusal.NO_GROUP) {
            seat.ifPresent(Seat::doubt);
            lookAgain(context.workers());
        } else if (failure instanceof Unavailable && waits && !news.finish()) {
            var unused = context.after(AFTER_OUTAGE, () -> lookAgain(context.workers()));
        } else {
            tellWait(begin);
            answer.completeExceptionally(failure);
        }
    }

    /** After a signal for some groups, the others are as they were. The end of a poll is one for none. */
    private Gathering gather(Signals.Taken news) {
        boolean everything =
                news.everything() || (news.finish() && !context.hub().isTrusted());
        Optional<Gathering> some = everything
                ? Optional.empty()
                : seat.flatMap(entered -> entered.remembered(news.groups())).flatMap(view::gatherIn);
        return some.orElseGet(this::gatherAll);
    }

    /**
     * Forgets a position that the store no longer has, also one that it had when the poll began. Checks the token
     * again, which may have been revoked before the poll was registered, or while there was no subscription.
     */
    private Gathering gatherAll() {
        context.requireToken(ask.tokenHash());
        String line = context.codec().line();
        boolean otherLine = !line.equals(since.line());
        Optional<Map<GroupId, Membership>> remembered = otherLine ? Optional.empty() : remembered();
        Map<GroupId, Membership> groups = remembered.orElseGet(this::look);
        if (otherLine || (remembered.isEmpty() && view.isAheadOf(groups.values()))) {
            since = Since.forgotten(line);
            view.forget();
        }
        view.begin(groups);
        Gathering gathering = view.gather(groups);
        gathering.tellLeft(left);
        if (since.forgotten()) {
            gathering.resync(groups.keySet());
        }
        return gathering;
    }

    /**
     * The memory, where that is enough and wakes arrive. An answer at once has all that there is, and a poll without a
     * position begins at the cursors of the moment: both need the store. So does a position that knows more than the
     * memory, which may be behind.
     */
    private Optional<Map<GroupId, Membership>> remembered() {
        return seat.filter(entered -> view.hasPosition() && context.hub().isTrusted())
                .flatMap(Seat::remembered)
                .filter(groups -> !view.knowsMoreThan(groups));
    }

    private Map<GroupId, Membership> look() {
        return seat.map(Seat::look).orElseGet(() -> context.look(user()));
    }

    private void decide(Signals.Taken news, Gathering gathering, long begin) {
        if (news.finish() || !gathering.hasOnlyReads()) {
            answer(gathering, begin);
        } else if (gathering.isEmpty()) {
            view.moveTo(gathering.position());
        } else if (news.readsDue()
                || gathering.oldestRead().isBefore(context.now().minus(context.coalesce()))) {
            answer(gathering, begin);
        } else {
            gathering.groupsWithReads().forEach(signals::group);
            Duration age = Duration.between(gathering.oldestRead(), context.now());
            awaitReads(context.coalesce().minus(age.isNegative() ? Duration.ZERO : age));
        }
    }

    /** An answer without news returns the {@code since} of the request, unless that is forgotten. */
    private void answer(Gathering gathering, long begin) {
        Optional<String> same = gathering.isEmpty() && !since.forgotten() ? ask.since() : Optional.empty();
        String next = same.orElseGet(() -> context.codec().encode(user(), gathering.position(), since));
        tellWait(begin);
        answer.complete(new Outcome(user(), since, gathering, next));
    }
}
