package seenby.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CompactNumbersTest {
    private static final long[] SMALL = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE};
    private static final long[] LARGE = {0, 7, 1L << 31, 1L << 53, Long.MAX_VALUE, Long.MIN_VALUE};

    private static CompactNumbers of(long... numbers) {
        return new CompactNumbers(LongStream.of(numbers));
    }

    private static void assertNumbers(long[] expected, CompactNumbers found) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], found.get(i));
        }
    }

    @Test
    void everyNumberIsKept() {
        assertNumbers(SMALL, of(SMALL));
        assertNumbers(LARGE, of(LARGE));
    }

    @Test
    void aNumberThatGrowsLeavesTheOthers() {
        CompactNumbers numbers = of(1, 2, 3);

        numbers.set(1, 1L << 40);
        numbers.set(2, 4);

        assertNumbers(new long[] {1, 1L << 40, 4}, numbers);
    }

    @Test
    void equalNumbersAreEqual() {
        assertEquals(of(1, 1L << 40), of(1, 1L << 40));
        assertEquals(of(1, 2).hashCode(), of(1, 2).hashCode());
        assertNotEquals(of(1, 2), of(1, 3));
        assertNotEquals(of(1, 2), of(1, 1L << 40));
    }
}
