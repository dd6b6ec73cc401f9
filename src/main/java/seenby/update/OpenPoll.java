package seenby.update;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import seenby.group.GroupId;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.user.UserId;

/**
 * One poll from its first look to its answer. Signals make it look again. It looks in steps that never run at the same
 * time, so its state needs no lock.
 */
final class OpenPoll implements Waiter {
    private final PollContext context;
    private final Ask ask;
    private final Set<GroupId> left;
    private final CompletableFuture<Outcome> answer = new CompletableFuture<>();
    private final Signals signals = new Signals();
    private final Steps steps;
    private final AtomicBoolean awaitsReads = new AtomicBoolean();

    private final View view;
    private Since since;
    private final Set<GroupId> watched = new HashSet<>();

    /** @param left groups of its acks that the user is not in; it reports them at once */
    OpenPoll(PollContext context, Ask ask, Since since, Set<GroupId> left) {
        this.context = context;
        this.ask = ask;
        this.since = since;
        this.left = left;
        this.view = new View(context, ask, since.position());
        this.steps = new Steps(context.executor(), this::step);
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
            context.waiters().enter(this);
            Future<?> timeout = context.after(ask.timeout(), this::finish);
            var unused = answer.whenComplete((update, failure) -> timeout.cancel(false));
        }
        steps.begin();
        return answer;
    }

    @Override
    public void sent(Wake.Sent sent) {
        signals.sent(sent);
        steps.signal();
    }

    /** Waits before it looks, so that many acks make one look and one answer. The user's own acks are no news. */
    @Override
    public void acked(GroupId group, UserId reader) {
        if (!reader.equals(user())) {
            signals.acked(group);
            awaitReads(context.coalesce());
        }
    }

    @Override
    public void nudged(GroupId group) {
        signals.nudged(group);
        steps.signal();
    }

    @Override
    public void moved(GroupId group) {}

    @Override
    public void archived(GroupId group) {}

    @Override
    public void lookAgain() {
        signals.everything();
        steps.signal();
    }

    @Override
    public void finish() {
        signals.finish();
        steps.signal();
    }

    @Override
    public void fail(RuntimeException reason) {
        answer.completeExceptionally(reason);
        steps.signal();
    }

    private void awaitReads(Duration delay) {
        if (awaitsReads.compareAndSet(false, true)) {
            var unused = context.after(delay, () -> {
                awaitsReads.set(false);
                signals.readsDue();
                steps.signal();
            });
        }
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

    /** A group may be deleted or created again between two looks. Then the poll looks at all groups again. */
    private void lookAgainOrFail(Refused refused) {
        if (refused.refusal() == Refusal.NO_GROUP) {
            lookAgain();
        } else {
            answer.completeExceptionally(refused);
        }
    }

    private void learn(Signals.Taken news) {
        if (news.everything() || view.isOutdatedBy(news.sent())) {
            lookAtAll();
        }
        view.sent(news.sent());
        view.acked(news.acked());
        view.nudged(news.nudged());
    }

    /**
     * Forgets a position that the store no longer has, also one that it had when the poll began. Watches each group
     * before it looks at it, so that it misses no wake. Checks the token again, which may have been
     * revoked before the poll was registered, or while there was no subscription.
     */
    private void lookAtAll() {
        context.requireToken(ask.tokenHash());
        String line = context.codec().line();
        Set<GroupId> ids = context.groups().idsOf(user());
        if (!ask.timeout().isZero()) {
            Collection<GroupId> unwatched = ids.stream().filter(watched::add).toList();
            context.waiters().watch(this, unwatched);
        }
        view.look(ids);
        if (!line.equals(since.line()) || view.isAhead()) {
            since = Since.forgotten(line);
            view.forget();
        }
        view.findNews();
    }

    private Gathering gather() {
        Gathering gathering = view.gather();
        gathering.tellLeft(left);
        if (since.forgotten()) {
            gathering.resync(view.groups());
        }
        return gathering;
    }

    private void decide(Signals.Taken news, Gathering gathering) {
        if (news.finish() || !gathering.hasOnlyReads()) {
            answer(gathering);
        } else if (gathering.isEmpty()) {
            view.moveTo(gathering.position());
        } else if (news.readsDue()
                || gathering.oldestRead().isBefore(context.now().minus(context.coalesce()))) {
            answer(gathering);
        } else {
            Duration age = Duration.between(gathering.oldestRead(), context.now());
            awaitReads(context.coalesce().minus(age.isNegative() ? Duration.ZERO : age));
        }
    }

    /** An answer without news returns the {@code since} of the request, unless that is forgotten. */
    private void answer(Gathering gathering) {
        Optional<String> same = gathering.isEmpty() && !since.forgotten() ? ask.since() : Optional.empty();
        String next = same.orElseGet(() -> context.codec().encode(user(), gathering.position(), since));
        answer.complete(new Outcome(user(), since, gathering, next));
    }
}
