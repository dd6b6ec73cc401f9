package seenby.platform;

import java.util.Arrays;
import java.util.stream.LongStream;

/** A number of numbers, which take half the memory while each of them fits into an {@code int}. */
public final class CompactNumbers {
    private int[] ints;

    /** In use instead, as soon as a number needs it; empty before. */
    private long[] longs = {};

    public CompactNumbers(LongStream numbers) {
        long[] all = numbers.toArray();
        ints = new int[all.length];
        for (int i = 0; i < all.length; i++) {
            set(i, all[i]);
        }
    }

    public long get(int index) {
        return longs.length == 0 ? ints[index] : longs[index];
    }

    public void set(int index, long number) {
        if (longs.length == 0 && number == (int) number) {
            ints[index] = (int) number;
        } else {
            widen();
            longs[index] = number;
        }
    }

    private void widen() {
        if (longs.length == 0) {
            longs = Arrays.stream(ints).asLongStream().toArray();
            ints = new int[0];
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CompactNumbers numbers
                && Arrays.equals(ints, numbers.ints)
                && Arrays.equals(longs, numbers.longs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ints) + Arrays.hashCode(longs);
    }
}
