package seenby.pool;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The memory of Redis, as Redis told it a moment ago. Who reads it here does not wait for Redis. */
public final class RedisMemory {
    private static final Pattern USED = Pattern.compile("(?m)^used_memory:(\\d+)");
    private static final Pattern MOST = Pattern.compile("(?m)^maxmemory:(\\d+)");

    private final Supplier<Optional<String>> info;
    private volatile String told = "";

    /** @param info asks Redis for the section memory of INFO; empty if Redis refuses that */
    public RedisMemory(Supplier<Optional<String>> info) {
        this.info = info;
    }

    /** Asks Redis. */
    public void look() {
        told = info.get().orElse("");
    }

    /** How many bytes it uses; not a number if it has not told. */
    public double used() {
        return number(USED);
    }

    /** How many bytes it may use, 0: as many as there are; not a number if it has not told. */
    public double most() {
        return number(MOST);
    }

    private double number(Pattern pattern) {
        Matcher matcher = pattern.matcher(told);
        return matcher.find() ? Double.parseDouble(matcher.group(1)) : Double.NaN;
    }
}
