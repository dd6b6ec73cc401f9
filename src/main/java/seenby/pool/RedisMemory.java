package seenby.pool;

import java.util.Optional;
import java.util.function.Supplier;
import seenby.platform.RedisInfo;

/** The memory of Redis, as Redis told it a moment ago. Who reads it here does not wait for Redis. */
public final class RedisMemory {
    private final Supplier<Optional<String>> info;
    private volatile RedisInfo told = new RedisInfo("");

    /** @param info asks Redis for the section memory of INFO; empty if Redis refuses that */
    public RedisMemory(Supplier<Optional<String>> info) {
        this.info = info;
    }

    /** Asks Redis. */
    public void look() {
        told = new RedisInfo(info.get().orElse(""));
    }

    /** How many bytes it uses; not a number if it has not told. */
    public double used() {
        return number("used_memory");
    }

    /** How many bytes it may use, 0: as many as there are; not a number if it has not told. */
    public double most() {
        return number("maxmemory");
    }

    private double number(String name) {
        return told.number(name).stream().asDoubleStream().findFirst().orElse(Double.NaN);
    }
}
