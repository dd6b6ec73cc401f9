package seenby.platform;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A count for each of a few things. Threads that count at the same time do not wait for each other. */
public final class Counters<T> {
    private final Map<T, LongAdder> counts;

    /** @param things all that it will count */
    public Counters(Collection<T> things) {
        counts = things.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), thing -> new LongAdder()));
    }

    /** Counts the constants of an enum. */
    public static <E extends Enum<E>> Counters<E> of(Class<E> type) {
        return new Counters<>(Arrays.asList(Objects.requireNonNull(type.getEnumConstants())));
    }

    public Set<T> things() {
        return counts.keySet();
    }

    public void add(T thing) {
        add(thing, 1);
    }

    /** Adds a number, which may be negative. */
    public void add(T thing, long number) {
        Objects.requireNonNull(counts.get(thing)).add(number);
    }

    public long of(T thing) {
        return Objects.requireNonNull(counts.get(thing)).sum();
    }
}
