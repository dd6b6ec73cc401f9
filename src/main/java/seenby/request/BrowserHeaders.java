package seenby.request;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpFields;

/** What a browser tells of a request that it sends. A page cannot change these headers. */
record BrowserHeaders(Function<String, Optional<String>> header) {
    private static final String SITE = "Sec-Fetch-Site";
    private static final String ORIGIN = "Origin";

    /** From a page of this server, or from the address bar. Another port of the same host is another website. */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    static BrowserHeaders of(Context ctx) {
        return new BrowserHeaders(name -> Optional.ofNullable(ctx.header(name)));
    }

    static BrowserHeaders of(HttpFields headers) {
        return new BrowserHeaders(name -> Optional.ofNullable(headers.get(name)));
    }

    /** Whether a browser has sent the request. */
    boolean areThere() {
        return header.apply(SITE).isPresent()
                || header.apply(ORIGIN).isPresent()
                || header.apply("User-Agent")
                        .filter(agent -> agent.startsWith("Mozilla/"))
                        .isPresent();
    }

    /**
     * Whether a page of another website has caused the request. An origin tells less than a site: a proxy may have
     * changed the host that it is compared with. But browsers tell the site only over TLS, and to the same machine.
     */
    boolean areForeign() {
        return header.apply(SITE)
                .map(site -> !OWN_SITES.contains(site))
                .or(() -> header.apply(ORIGIN).map(origin -> !isOwn(origin)))
                .orElse(false);
    }

    private boolean isOwn(String origin) {
        int host = origin.indexOf("://");
        return host >= 0
                && origin.substring(host + 3)
                        .equalsIgnoreCase(header.apply("Host").orElse(""));
    }
}
