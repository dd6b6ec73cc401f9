package seenby.measurement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** When a server counts as warm. */
class WarmUpTest {
    /** How many runs there are, if each has the next of these rates. */
    private static int runs(int fewest, double... rates) {
        WarmUp warmUp = new WarmUp(fewest);
        DoubleStream.of(rates).takeWhile(rate -> !warmUp.isOver()).forEach(warmUp::add);
        return warmUp.runs();
    }

    @Test
    void serverIsWarmWhenTwoRunsAreHardlyFasterThanTheBestBefore() {
        assertEquals(6, runs(3, 100, 200, 300, 400, 300, 410, 900));
    }

    @Test
    void oneSlowRunIsNoSign() {
        assertEquals(7, runs(3, 100, 200, 150, 300, 400, 300, 410, 900));
    }

    @Test
    void fewestRunsAreMadeAlsoIfNoneIsFaster() {
        assertEquals(3, runs(3, 100, 100, 100, 100));
        assertEquals(1, runs(1, 100, 200));
    }

    @Test
    void warmUpEndsAlsoIfEachRunIsFaster() {
        double[] rates = DoubleStream.iterate(1, rate -> 2 * rate).limit(20).toArray();

        assertEquals(15, runs(3, rates));
    }
}
