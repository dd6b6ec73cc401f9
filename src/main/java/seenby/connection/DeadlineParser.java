package seenby.connection;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Parses requests, and refuses one whose headers are not complete in time. While they are not, the idle timeout of the
 * connection is what is left until the deadline. Headers that arrive at once, as they do nearly always, set no timer.
 */
final class DeadlineParser extends HttpParser {
    private final DeadlineConnection connection;
    private boolean waiting;
    private long deadline;
    private long idleTimeout;

    DeadlineParser(DeadlineConnection connection, RequestHandler handler, HttpCompliance compliance) {
        super(handler, connection.getHttpConfiguration().getRequestHeaderSize(), compliance);
        this.connection = connection;
        setHeaderCacheSize(connection.getHttpConfiguration().getHeaderCacheSize());
        setHeaderCacheCaseSensitive(connection.getHttpConfiguration().isHeaderCacheCaseSensitive());
    }

    @Override
    public boolean parseNext(ByteBuffer buffer) {
        boolean arrived = buffer.hasRemaining();
        boolean handle = super.parseNext(buffer);
        if (arrived) {
            moved();
        }
        return handle;
    }

    private void moved() {
        if (isIncomplete()) {
            await();
        } else if (waiting) {
            waiting = false;
            connection.getEndPoint().setIdleTimeout(idleTimeout);
        }
    }

    /** Whether a part of the headers of a request has arrived. Empty lines before a request count, too. */
    private boolean isIncomplete() {
        return inHeaderState() && getHeaderLength() > 0;
    }

    private void await() {
        if (!waiting) {
            waiting = true;
            deadline = System.nanoTime() + connection.patience().toNanos();
            idleTimeout = connection.getEndPoint().getIdleTimeout();
        }
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left > 0) {
            connection.getEndPoint().setIdleTimeout(left);
        } else {
            refuse();
        }
    }

    /** Refuses a request whose headers are not complete. Returns false if there is none. */
    boolean refuse() {
        if (!isIncomplete()) {
            return false;
        }
        // the client has this time to take the answer; then the connection is closed
        connection.getEndPoint().setIdleTimeout(connection.patience().toMillis());
        badMessage(new HttpException.RuntimeException(HttpStatus.REQUEST_TIMEOUT_408, "The headers are not complete"));
        return true;
    }
}
