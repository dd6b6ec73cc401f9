package seenby.load;

import java.time.Duration;
import java.util.Arrays;

/** How long many requests took, in milliseconds. */
public record Latencies(int count, double p50, double p99, double longest) {
    private static final double MILLI = Duration.ofMillis(1).toNanos();

    public static Latencies of(long... nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Latencies(sorted.length, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
    }

    /** The smallest latency that this part of the requests did not exceed; 0 if there are no requests. */
    private static double at(long[] sorted, double part) {
        if (sorted.length == 0) {
            return 0;
        }
        int rank = (int) Math.ceil(part * sorted.length);
        return sorted[Math.max(0, rank - 1)] / MILLI;
    }
}
