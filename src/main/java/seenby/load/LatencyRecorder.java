package seenby.load;

import java.util.Arrays;

/** Collects how long requests took, in nanoseconds. Not thread-safe. */
public final class LatencyRecorder {
    /** Of more requests only the first are kept: 160 MB are enough for any run. */
    private static final int MOST = 20_000_000;

    private long[] nanos = new long[1024];
    private int count;

    public void add(long took) {
        if (count == MOST) {
            return;
        }
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, Math.min(MOST, 2 * count));
        }
        nanos[count++] = took;
    }

    public void addAll(LatencyRecorder other) {
        for (int i = 0; i < other.count; i++) {
            add(other.nanos[i]);
        }
    }

    public void clear() {
        count = 0;
    }

    public Latencies latencies() {
        return Latencies.of(Arrays.copyOf(nanos, count));
    }
}
