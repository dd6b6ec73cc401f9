package seenby.request;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Request;

/**
 * What is known of a request before its body is read, and what those headers tell that a browser sends and no page can
 * change.
 *
 * @param header finds a header by its name
 * @param query the query as it is in the URL; empty if there is none
 * @param remote tells the IP address that the request comes from
 */
public record RequestHead(Function<String, Optional<String>> header, String query, Supplier<String> remote) {
    private static final String SITE = "Sec-Fetch-Site";
    private static final String ORIGIN = "Origin";

    /** From a page of this server, or from the address bar. Another port of the same host is another website. */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    public static RequestHead of(Context ctx) {
        return new RequestHead(
                name -> Optional.ofNullable(ctx.header(name)),
                Optional.ofNullable(ctx.req().getQueryString()).orElse(""),
                ctx.req()::getRemoteAddr);
    }

    public static RequestHead of(Request request) {
        return new RequestHead(
                name -> Optional.ofNullable(request.getHeaders().get(name)),
                Optional.ofNullable(request.getHttpURI().getQuery()).orElse(""),
                () -> Request.getRemoteAddr(request));
    }

    public Optional<String> get(String name) {
        return header.apply(name);
    }

    /** The IP address that the request comes from. */
    public String address() {
        return remote.get();
    }

    /** Whether a browser has sent the request. */
    boolean isOfBrowser() {
        return get(SITE).isPresent()
                || get(ORIGIN).isPresent()
                || get("User-Agent")
                        .filter(agent -> agent.startsWith("Mozilla/"))
                        .isPresent();
    }

    /**
     * Whether a page of another website has caused the request. An origin tells less than a site: a proxy may have
     * changed the host that it is compared with. But browsers tell the site only over TLS, and to the same machine.
     */
    public boolean isForeign() {
        return get(SITE)
                .map(site -> !OWN_SITES.contains(site))
                .or(() -> get(ORIGIN).map(origin -> !isOwn(origin)))
                .orElse(false);
    }

    private boolean isOwn(String origin) {
        int host = origin.indexOf("://");
        return host >= 0
                && origin.substring(host + 3).equalsIgnoreCase(get("Host").orElse(""));
    }
}
