package seenby.update;

import com.github.benmanes.caffeine.cache.Cache;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import seenby.group.GroupId;
import seenby.platform.Caches;
import seenby.platform.DaemonThreads;

/**
 * The looks of the requests that wait for receipts. They have threads of their own, because a look may read the
 * archive, and polls must not wait for that. Requests of one user for the same message share a look.
 */
final class ReceiptLooks implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int MOST_REMEMBERED = 10_000;
    private static final Duration REMEMBERED = Duration.ofSeconds(1);

    private final ExecutorService executor =
            Executors.newFixedThreadPool(THREADS, DaemonThreads.numbered("receipt-wait-"));

    private final Cache<Subject, Begun> looks = Caches.builder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();

    /** Who looks at which message. A token belongs to one user. */
    record Subject(String tokenHash, GroupId group, long message) {}

    /** @param at the look begins not before this moment of {@link System#nanoTime} */
    private record Begun(long at, CompletableFuture<Boolean> result) {}

    /** The result of a look that does not begin before a moment of {@link System#nanoTime}. Waits for nothing. */
    CompletableFuture<Boolean> since(long moment, Subject subject, BooleanSupplier look) {
        return looks.asMap()
                .compute(subject, (same, known) -> known != null && known.at() - moment >= 0 ? known : begin(look))
                .result();
    }

    private Begun begin(BooleanSupplier look) {
        return new Begun(System.nanoTime(), CompletableFuture.supplyAsync(look::getAsBoolean, executor));
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
