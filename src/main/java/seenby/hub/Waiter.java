package seenby.hub;

/** Something that waits on this instance. It is called on the thread of the caller, so it must not block. */
public interface Waiter {
    /** The hash of its token. */
    String tokenHash();

    /** Anything may have changed. */
    void lookAgain();

    /** It must answer with the news so far. */
    void finish();

    /** It must end with this failure. */
    void fail(RuntimeException reason);
}
