package seenby.http;

import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The API's description, and the page that shows it. The page loads all its files from this server. */
public final class DocsHandler {
    private final WebFiles files = new WebFiles();
    private final Map<String, String> parts;

    public DocsHandler() {
        String viewer = viewer();
        parts = Map.of(
                "swagger-ui-bundle.js", viewer + "swagger-ui-bundle.js",
                "swagger-ui.css", viewer + "swagger-ui.css",
                "docs.js", "/docs/docs.js");
    }

    void description(Context ctx) {
        files.answer(ctx, "/openapi.yaml");
    }

    void page(Context ctx) {
        files.answer(ctx, "/docs/index.html");
    }

    void part(Context ctx) {
        files.answer(ctx, Optional.ofNullable(parts.get(ctx.pathParam("file"))).orElseThrow(NotFoundResponse::new));
    }

    /** The folder of Swagger UI in the jar, which is named after its version. */
    private static String viewer() {
        Properties webjar = new Properties();
        try (InputStream in = WebFiles.open("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            webjar.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "/META-INF/resources/webjars/swagger-ui/" + webjar.getProperty("version") + "/";
    }
}
