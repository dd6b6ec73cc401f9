package seenby.http;

import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The API's description, and the page that shows it. Both are in the jar, and the page loads nothing from elsewhere. */
public final class DocsHandler {
    // the viewer sets its styles from its script, which needs no 'unsafe-inline'; its pictures stand in its style sheet
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";

    private final Map<String, Part> parts;

    /** A file in the jar, and what it is. */
    private record Part(String resource, String contentType) {}

    public DocsHandler() {
        String viewer = viewer();
        parts = Map.of(
                "swagger-ui-bundle.js", new Part(viewer + "swagger-ui-bundle.js", SCRIPT),
                "swagger-ui.css", new Part(viewer + "swagger-ui.css", STYLE),
                "docs.js", new Part("/docs/docs.js", SCRIPT));
    }

    void description(Context ctx) {
        Query.of(ctx).only();
        answer(ctx, new Part("/openapi.yaml", "application/yaml"));
    }

    void page(Context ctx) {
        Query.of(ctx).only();
        ctx.header("Content-Security-Policy", POLICY);
        ctx.header("Referrer-Policy", "no-referrer");
        answer(ctx, new Part("/docs/index.html", "text/html; charset=utf-8"));
    }

    void part(Context ctx) {
        Query.of(ctx).only();
        answer(
                ctx,
                Optional.ofNullable(parts.get(ctx.pathParam("file"))).orElseThrow(() -> new NotFoundResponse("none")));
    }

    private static void answer(Context ctx, Part part) {
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("Cache-Control", "no-cache");
        ctx.contentType(part.contentType()).result(open(part.resource()));
    }

    /** The folder of the viewer's files; its name holds their version. */
    private static String viewer() {
        Properties webjar = new Properties();
        try (InputStream in = open("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            webjar.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "/META-INF/resources/webjars/swagger-ui/" + webjar.getProperty("version") + "/";
    }

    private static InputStream open(String resource) {
        return Optional.ofNullable(DocsHandler.class.getResourceAsStream(resource))
                .orElseThrow(() -> new IllegalStateException(resource + " is not in the jar"));
    }
}
