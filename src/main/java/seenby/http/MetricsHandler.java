package seenby.http;

import io.javalin.http.Context;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import seenby.admission.Authentication;
import seenby.metrics.Metrics;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;

/** Shows the metrics to admins, or to everybody where the configuration says so. */
public final class MetricsHandler {
    private final Metrics metrics;
    private final Authentication authentication;
    private final boolean open;

    /** @param open whether no token is needed */
    public MetricsHandler(Metrics metrics, Authentication authentication, boolean open) {
        this.metrics = metrics;
        this.authentication = authentication;
        this.open = open;
    }

    /** Does not count for the rate limit: the metrics are needed when a script of the admin runs wild. */
    void show(Context ctx) {
        boolean needsToken = !open && !MetricsPort.isAt(ServletContextRequest.getServletContextRequest(ctx.req()));
        if (needsToken && !authentication.authenticate(ctx).caller().admin()) {
            throw new Refused(Refusal.NOT_ADMIN);
        }
        Metrics.Exposition exposition =
                metrics.exposition(Optional.ofNullable(ctx.header("Accept")).orElse(""));
        ctx.contentType(exposition.contentType()).result(exposition.text());
    }
}
