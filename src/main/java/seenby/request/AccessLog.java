package seenby.request;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seenby.user.UserId;

/**
 * Logs each request that has ended. Of its URL only the path, because a query may hold what nobody should keep; of its
 * headers only the id.
 */
public final class AccessLog implements RequestLog {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

    /** In place of what is not known. */
    private static final String NONE = "-";

    @Override
    public void log(Request request, Response response) {
        Optional<Exchange> exchange = Exchange.of(request);
        LOG.atInfo()
                .addKeyValue("client", Request.getRemoteAddr(request))
                .addKeyValue(
                        "user",
                        exchange.flatMap(Exchange::user).map(UserId::value).orElse(NONE))
                .addKeyValue("method", request.getMethod())
                .addKeyValue(
                        "path",
                        Optional.ofNullable(request.getHttpURI().getPath()).orElse(NONE))
                .addKeyValue("status", response.getStatus())
                .addKeyValue("bytes", Response.getContentBytesWritten(response))
                .addKeyValue("handled_ms", millis(exchange.map(Exchange::handledNanos)))
                .addKeyValue("waited_ms", millis(exchange.map(Exchange::waitedNanos)))
                .addKeyValue(
                        "request",
                        Optional.ofNullable(response.getHeaders().get(Exchange.HEADER))
                                .orElse(NONE))
                .log("answered");
    }

    private static long millis(Optional<Long> nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos.orElse(0L));
    }
}
