package seenby.request;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpFields;

/**
 * The headers of a request, and what those tell that a browser sends and no page can change.
 *
 * @param find finds a header by its name
 */
public record Headers(Function<String, Optional<String>> find) {
    private static final String SITE = "Sec-Fetch-Site";
    private static final String ORIGIN = "Origin";

    /** From a page of this server, or from the address bar. Another port of the same host is another website. */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    static Headers of(Context ctx) {
        return new Headers(name -> Optional.ofNullable(ctx.header(name)));
    }

    public static Headers of(HttpFields headers) {
        return new Headers(name -> Optional.ofNullable(headers.get(name)));
    }

    Optional<String> get(String name) {
        return find.apply(name);
    }

    /** Whether a browser has sent the request. */
    boolean areOfBrowser() {
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
    boolean areForeign() {
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
