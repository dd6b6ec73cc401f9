package seenby.update;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import seenby.hub.Waiter;
import seenby.platform.Failures;

/**
 * Waits until the receipts of a message cannot change any more, or the time is over. It looks again when somebody has
 * read or left, and when receipts were archived. A burst of these is one look: in a large group everybody may read
 * within a second.
 */
final class ReceiptWait implements Waiter {
    /** So long after a wake all requests that it concerns have heard of it, and can share a look. */
    private static final Duration SHARED_WITHIN = Duration.ofMillis(20);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final PollContext context;
    private final ReceiptLooks looks;
    private final ReceiptLooks.Subject subject;
    private final BooleanSupplier isSettled;
    private final CompletableFuture<Boolean> answer = new CompletableFuture<>();
    private final AtomicBoolean awaitsLook = new AtomicBoolean();
    private volatile long heardAt = System.nanoTime();
    private volatile long lookedAt = System.nanoTime();
    private volatile boolean finished;

    /** @param isSettled checks whether they can change, and refuses users who may not know */
    ReceiptWait(PollContext context, ReceiptLooks looks, ReceiptLooks.Subject subject, BooleanSupplier isSettled) {
        this.context = context;
        this.looks = looks;
        this.subject = subject;
        this.isSettled = isSettled;
    }

    /** Registers before it looks, so that it misses no ack. */
    CompletableFuture<Boolean> open(Duration most) {
        context.hub().enter(this, subject.group());
        Future<?> timeout = context.after(most, () -> finish(context.workers()));
        var unused = answer.whenComplete((settled, failure) -> {
            timeout.cancel(false);
            context.hub().exit(this, subject.group());
        });
        heardAt = System.nanoTime();
        look();
        return answer;
    }

    private void look() {
        awaitsLook.set(false);
        if (!answer.isDone()) {
            boolean over = finished;
            lookedAt = System.nanoTime();
            // after awaitsLook, because a wake sets them in the other order
            var unused = looks.since(heardAt, subject, this::isSettled)
                    .whenComplete((settled, failure) -> seen(settled, failure, over));
        }
    }

    private boolean isSettled() {
        context.requireToken(subject.tokenHash());
        return isSettled.getAsBoolean();
    }

    private void seen(@Nullable Boolean settled, @Nullable Throwable failure, boolean over) {
        if (failure != null) {
            answer.completeExceptionally(Failures.cause(failure));
        } else if (over || Boolean.TRUE.equals(settled)) {
            answer.complete(Boolean.TRUE.equals(settled));
        }
    }

    @Override
    public String tokenHash() {
        return subject.tokenHash();
    }

    @Override
    public void lookAgain(Executor executor) {
        heardAt = System.nanoTime();
        if (awaitsLook.compareAndSet(false, true)) {
            var unused = context.after(pause(), this::look);
        }
    }

    /** What is left of the time between two looks. */
    private Duration pause() {
        Duration between = context.coalesce().compareTo(LONGEST_PAUSE) < 0 ? context.coalesce() : LONGEST_PAUSE;
        Duration left = between.minusNanos(System.nanoTime() - lookedAt);
        return left.compareTo(SHARED_WITHIN) < 0 ? SHARED_WITHIN : left;
    }

    @Override
    public void finish(Executor executor) {
        finished = true;
        look();
    }

    @Override
    public void fail(RuntimeException reason, Executor executor) {
        answer.completeExceptionally(reason);
    }
}
