package seenby.update;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import seenby.group.GroupId;
import seenby.user.UserId;

/**
 * Waits until the receipts of a message cannot change any more, or the time is over. It looks again when somebody has
 * read or left, and when receipts were archived.
 */
final class UntilRead implements Waiter {
    private final PollContext context;
    private final UserId user;
    private final String tokenHash;
    private final GroupId group;
    private final BooleanSupplier isSettled;
    private final CompletableFuture<Boolean> answer = new CompletableFuture<>();
    private final Steps steps;
    private volatile boolean finished;

    /** @param isSettled checks whether they can change, and refuses users who may not know */
    UntilRead(PollContext context, UserId user, String tokenHash, GroupId group, BooleanSupplier isSettled) {
        this.context = context;
        this.user = user;
        this.tokenHash = tokenHash;
        this.group = group;
        this.isSettled = isSettled;
        this.steps = new Steps(context.executor(), this::step);
    }

    /** Registers before it looks, so that it misses no ack. */
    CompletableFuture<Boolean> open(Duration most) {
        context.waiters().enter(this);
        context.waiters().watch(this, List.of(group));
        Future<?> timeout = context.after(most, this::finish);
        var unused = answer.whenComplete((settled, failure) -> timeout.cancel(false));
        steps.begin();
        return answer;
    }

    private void step() {
        try {
            if (!answer.isDone()) {
                boolean over = finished;
                context.requireToken(tokenHash);
                boolean settled = isSettled.getAsBoolean();
                if (settled || over) {
                    answer.complete(settled);
                }
            }
        } catch (RuntimeException failure) {
            answer.completeExceptionally(failure);
        }
        if (answer.isDone()) {
            context.waiters().exit(this, List.of(group));
        }
    }

    @Override
    public UserId user() {
        return user;
    }

    @Override
    public String tokenHash() {
        return tokenHash;
    }

    @Override
    public void sent(Wake.Sent sent) {}

    @Override
    public void acked(GroupId where, UserId reader) {
        lookIf(where);
    }

    @Override
    public void nudged(GroupId where) {}

    @Override
    public void moved(GroupId where) {
        lookIf(where);
    }

    @Override
    public void archived(GroupId where) {
        lookIf(where);
    }

    private void lookIf(GroupId where) {
        if (where.equals(group)) {
            lookAgain();
        }
    }

    @Override
    public void lookAgain() {
        steps.signal();
    }

    @Override
    public void finish() {
        finished = true;
        steps.signal();
    }

    @Override
    public void fail(RuntimeException reason) {
        answer.completeExceptionally(reason);
        steps.signal();
    }
}
