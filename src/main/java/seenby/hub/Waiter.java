package seenby.hub;

import java.util.concurrent.Executor;

/**
 * Something that waits on this instance. It is called on the thread of the caller, so it must not block: the step that
 * a call causes runs on the given executor.
 */
public interface Waiter {
    /** The hash of its token. */
    String tokenHash();

    /** Anything may have changed. */
    void lookAgain(Executor steps);

    /** It must answer with the news so far. */
    void finish(Executor steps);

    /** It must end with this failure. */
    void fail(RuntimeException reason, Executor steps);
}
