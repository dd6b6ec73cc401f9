package seenby.redis;

import java.time.Duration;
import java.util.Optional;
import seenby.pool.RedisState;
import seenby.refusal.Unavailable;

/**
 * Whether Redis answers, takes writes and evicts nothing. Redis is asked ten times a second at most, however many want
 * to know.
 */
public final class StoreCheck {
    private static final long FRESH_NANOS = Duration.ofMillis(100).toNanos();

    private final Schema schema;
    private final RedisState state;
    private long checkedAt = System.nanoTime() - FRESH_NANOS;
    private Optional<Unavailable> failure = Optional.empty();

    public StoreCheck(Schema schema, RedisState state) {
        this.schema = schema;
        this.state = state;
    }

    /** Throws {@code Unavailable} unless everything works, and has worked for some seconds. */
    public void require() {
        check().or(state::refusal).ifPresent(reason -> {
            throw reason;
        });
    }

    /** Asks Redis again while it refuses writes: nobody else may try one. */
    public void follow() {
        if (state.refusal().isPresent()) {
            check();
        }
    }

    private synchronized Optional<Unavailable> check() {
        if (System.nanoTime() - checkedAt >= FRESH_NANOS) {
            failure = ask();
            checkedAt = System.nanoTime();
        }
        return failure;
    }

    private Optional<Unavailable> ask() {
        try {
            schema.requireReady();
            return Optional.empty();
        } catch (Unavailable e) {
            return Optional.of(e);
        }
    }
}
