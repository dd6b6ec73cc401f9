package seenby.platform;

/** Bounds that shrink with the memory that Java may use ({@code -Xmx}), so that a small server is not overfilled. */
public final class HeapShare {
    private HeapShare() {}

    /** One part in so many of the memory, but not more bytes than this. */
    public static long bytes(int parts, long most) {
        return Math.min(most, Runtime.getRuntime().maxMemory() / parts);
    }

    /** How many things that need so many bytes each fit, but not fewer and not more than these. */
    public static int count(long bytesEach, int fewest, int most) {
        return (int) Math.max(fewest, Math.min(most, Runtime.getRuntime().maxMemory() / bytesEach));
    }
}
