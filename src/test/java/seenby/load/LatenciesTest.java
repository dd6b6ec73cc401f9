package seenby.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Percentiles of the latencies of many requests. */
class LatenciesTest {
    private static final long MILLI = 1_000_000;

    @Test
    void percentileIsTheLatencyThatSoManyRequestsDidNotExceed() {
        long[] hundred =
                LongStream.rangeClosed(1, 100).map(i -> (101 - i) * MILLI).toArray();

        assertEquals(new Latencies(100, 50, 99, 100), Latencies.of(hundred));
    }

    @Test
    void singleRequestIsEveryPercentile() {
        assertEquals(new Latencies(1, 7, 7, 7), Latencies.of(7 * MILLI));
    }

    @Test
    void latenciesOfNoRequestAreZero() {
        assertEquals(new Latencies(0, 0, 0, 0), Latencies.of());
    }
}
