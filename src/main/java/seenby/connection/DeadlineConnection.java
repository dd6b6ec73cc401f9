package seenby.connection;

import java.time.Duration;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.internal.HttpConnection;

/** A connection on which the headers of each request have a deadline. */
final class DeadlineConnection extends HttpConnection {
    private final Duration patience;

    DeadlineConnection(HttpConfiguration http, Connector connector, EndPoint endPoint, Duration patience) {
        super(http, connector, endPoint);
        this.patience = patience;
    }

    /** How long the headers of a request may take, from their first byte. */
    Duration patience() {
        return patience;
    }

    /** Jetty calls this before there is a patience. Its own parser lends the handler, and is thrown away. */
    @Override
    protected HttpParser newHttpParser(HttpCompliance compliance) {
        HttpParser parser = super.newHttpParser(compliance);
        return new DeadlineParser(this, (HttpParser.RequestHandler) parser.getHandler(), compliance);
    }

    /** Jetty takes the body of another coding, such as {@code gzip, chunked}, for what is only in chunks. */
    @Override
    protected RequestHandler newRequestHandler() {
        return new RequestHandler() {
            @Override
            public void parsedHeader(HttpField field) {
                if (field.getHeader() == HttpHeader.TRANSFER_ENCODING
                        && !HttpHeaderValue.CHUNKED.is(field.getValue())) {
                    throw new HttpException.RuntimeException(
                            HttpStatus.NOT_IMPLEMENTED_501, "Of the transfer codings only chunked is understood");
                }
                super.parsedHeader(field);
            }
        };
    }

    /**
     * Jetty looks for the next request on another thread after an answer that was late. Here the thread that has sent
     * the answer looks: it waits for nothing, because what may wait runs elsewhere.
     */
    @Override
    protected Executor getExecutor() {
        return Runnable::run;
    }

    /** Nothing has arrived for so long as the deadline allows, or the connection is idle. */
    @Override
    public void onFillInterestedFailed(Throwable cause) {
        if (!(getParser() instanceof DeadlineParser parser && parser.refuse())) {
            super.onFillInterestedFailed(cause);
        }
    }
}
