package seenby.connection;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.server.Request;
import seenby.platform.DaemonThreads;
import seenby.platform.HeapShare;

/**
 * The threads on which a request may wait for the store. Requests with a long body share a few of them: what a body
 * becomes when it is parsed is many times as long, and many at once would fill the memory.
 */
public final class RequestThreads {
    private static final int LONG_BODY_BYTES = 64 * 1024;

    /** Twice what a body of 1 MiB with the shortest values becomes. */
    private static final long BYTES_PER_LONG_BODY = 64 << 20;

    private static final int MOST_LONG_BODIES = 8;

    private final Executor ordinary;
    private final Executor few;

    /** @param ordinary the threads for all other requests */
    public RequestThreads(Executor ordinary) {
        this.ordinary = ordinary;
        int count = HeapShare.count(BYTES_PER_LONG_BODY, 1, MOST_LONG_BODIES);
        this.few = DaemonThreads.pool(count, new LinkedBlockingQueue<>(), "long-body-");
    }

    /** The threads for this request. What waits for them is a {@link CollectedBody}, and counts as held. */
    public Executor of(Request request) {
        return Optional.ofNullable(Request.as(request, CollectedBody.class))
                        .filter(body -> body.length() > LONG_BODY_BYTES)
                        .isPresent()
                ? few
                : ordinary;
    }
}
