package seenby.update;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import seenby.group.GroupId;
import seenby.hub.Waiter;

/**
 * Waits until the receipts of a message cannot change any more, or the time is over. It looks again when somebody has
 * read or left, and when receipts were archived.
 */
final class ReceiptWait implements Waiter {
    private final PollContext context;
    private final String tokenHash;
    private final GroupId group;
    private final BooleanSupplier isSettled;
    private final CompletableFuture<Boolean> answer = new CompletableFuture<>();
    private final Steps steps;
    private volatile boolean finished;

    /** @param isSettled checks whether they can change, and refuses users who may not know */
    ReceiptWait(PollContext context, String tokenHash, GroupId group, BooleanSupplier isSettled) {
        this.context = context;
        this.tokenHash = tokenHash;
        this.group = group;
        this.isSettled = isSettled;
        this.steps = new Steps(context.executor(), this::step);
    }

    /** Registers before it looks, so that it misses no ack. */
    CompletableFuture<Boolean> open(Duration most) {
        context.hub().enter(this, group);
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
            context.hub().exit(this, group);
        }
    }

    @Override
    public String tokenHash() {
        return tokenHash;
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
