package seenby.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import seenby.request.Answer;

/** Serves files of the jar to browsers, under a strict content security policy, and with an ETag for their cache. */
final class WebFiles {
    // nothing from other hosts, no inline script or style, no frame around the page. Swagger UI sets styles from its
    // script, which needs no 'unsafe-inline', and its images are data URLs in its style sheet
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Map<String, WebFile> read = new ConcurrentHashMap<>();

    private static final class WebFile {
        private final String type;
        private final String etag;
        private final byte[] bytes;

        WebFile(String resource, byte[] bytes) {
            this.type = typeOf(resource);
            this.etag = '"' + UUID.nameUUIDFromBytes(bytes).toString() + '"';
            this.bytes = bytes;
        }

        private static String typeOf(String resource) {
            return switch (resource.substring(resource.lastIndexOf('.'))) {
                case ".html" -> "text/html; charset=utf-8";
                case ".css" -> "text/css; charset=utf-8";
                case ".js" -> "text/javascript; charset=utf-8";
                case ".yaml" -> "application/yaml";
                default -> "image/svg+xml; charset=utf-8";
            };
        }
    }

    /** Whether the jar has this resource. */
    static boolean exists(String resource) {
        return WebFiles.class.getResource(resource) != null;
    }

    /** Answers with a resource of the jar, which must exist. */
    void answer(Context ctx, String resource) {
        WebFile file = read.computeIfAbsent(resource, WebFiles::read);
        ctx.header("Content-Security-Policy", POLICY);
        ctx.header("Referrer-Policy", "no-referrer");
        ctx.header("Cache-Control", "no-cache");
        ctx.header("ETag", file.etag);
        if (file.etag.equals(ctx.header("If-None-Match"))) {
            ctx.status(304);
        } else {
            Answer.bytes(ctx, file.type, file.bytes);
        }
    }

    private static WebFile read(String resource) {
        try (InputStream in = open(resource)) {
            return new WebFile(resource, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static InputStream open(String resource) {
        return Optional.ofNullable(WebFiles.class.getResourceAsStream(resource))
                .orElseThrow(() -> new IllegalStateException(resource + " is not in the jar"));
    }
}
