package seenby.request;

/** The bounds that more than one route has. */
public final class Bounds {
    /** The greatest integer that every reader of JSON keeps exactly; no message gets a greater id. */
    public static final long GREATEST_ID = 1L << 53;

    public static final long MOST_MESSAGES = 1000;
    public static final long DEFAULT_MESSAGES = 100;

    /** Of polls and of all else that waits: shorter than a minute, after which many proxies give up. */
    public static final long LONGEST_WAIT_SECONDS = 55;

    /** Of a body that holds a few short fields. */
    public static final int SMALL_BODY_BYTES = 16 * 1024;

    private Bounds() {}
}
