package seenby.checker;

/** A piece of time, in nanoseconds since the start of the run. */
public record Span(long begin, long end) {
    private static final double NANOS = 1e9;

    boolean touches(long from, long to) {
        return begin <= to && end >= from;
    }

    @Override
    public String toString() {
        return "%.3f to %.3f s".formatted(begin / NANOS, end / NANOS);
    }
}
