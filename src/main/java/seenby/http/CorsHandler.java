package seenby.http;

import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.handler.CrossOriginHandler;

/**
 * Tells browsers that pages of some other websites may use the API (CORS). Such a page must know a token and send it
 * with Bearer. What the browser keeps for this website is never sent for it.
 */
final class CorsHandler extends CrossOriginHandler {
    private static final String ANY = "*";

    /** @param origins such as {@code https://chat.example.org}, or {@code *} for any */
    CorsHandler(Set<String> origins) {
        setAllowedOriginPatterns(origins.stream()
                .map(origin -> origin.equals(ANY) ? ANY : Pattern.quote(origin))
                .collect(Collectors.toSet()));
        setAllowedMethods(Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        setAllowedHeaders(Set.of("Authorization", "Content-Type", "If-None-Match", "Last-Event-ID", "X-Request-Id"));
        setExposedHeaders(Set.of(
                "ETag",
                "Location",
                "Retry-After",
                "WWW-Authenticate",
                "X-RateLimit-Limit",
                "X-RateLimit-Remaining",
                "X-RateLimit-Reset",
                "X-Request-Id"));
        setPreflightMaxAge(Duration.ofHours(1));
    }
}
