package seenby.request;

import seenby.refusal.Refused;

/** Bounds that several routes share. */
public final class Bounds {
    /** No message id is greater, because some JSON readers lose precision above 2<sup>53</sup>. */
    public static final long GREATEST_ID = 1L << 53;

    public static final long MOST_MESSAGES = 1000;
    public static final long DEFAULT_MESSAGES = 100;

    /** The longest that a request may wait. Many proxies give up after a minute. */
    public static final long LONGEST_WAIT_SECONDS = 55;

    /** The limit of a body with a few short fields. */
    public static final int SMALL_BODY_BYTES = 16 * 1024;

    /** The limit of a body with a list of up to 10,000 ids. */
    public static final int LARGE_BODY_BYTES = 1 << 20;

    private Bounds() {}

    /** Refuses a number that has a least value, while one above the greatest counts as that one. */
    static Refused tooSmall(String name, long min, long max) {
        return Refused.invalid(
                name,
                "'" + name + "' must be a whole number of at least " + min + "; more than " + max + " counts as " + max
                        + ".");
    }
}
