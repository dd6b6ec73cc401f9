package seenby.http;

/** The bounds that more than one route has. */
final class Bounds {
    /** The greatest integer that every reader of JSON keeps exactly; no message gets a greater id. */
    static final long GREATEST_ID = 1L << 53;

    static final long MOST_MESSAGES = 1000;
    static final long DEFAULT_MESSAGES = 100;

    /** Of polls and of all else that waits: shorter than a minute, after which many proxies give up. */
    static final long LONGEST_WAIT_SECONDS = 55;

    /** Of a body that holds a few short fields. */
    static final int SMALL_BODY_BYTES = 16 * 1024;

    private Bounds() {}
}
