package seenby.http;

import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The page for people: a fixed set of files out of the jar, of which a browser keeps copies that it asks about. */
public final class PageHandler {
    private static final String INDEX = "index.html";
    private static final List<String> FILES = List.of(
            INDEX,
            "style.css",
            "talk.css",
            "dialog.css",
            "icon.svg",
            "account.js",
            "api.js",
            "app.js",
            "composer.js",
            "counts.js",
            "dialog.js",
            "dom.js",
            "feed.js",
            "group.js",
            "groups.js",
            "history.js",
            "message.js",
            "people.js",
            "picker.js",
            "receipts.js",
            "seen.js",
            "session.js",
            "talk.js",
            "texts.js");

    /** Nothing from elsewhere, no script or style within the page, no frame around it. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Map<String, WebFile> files =
            FILES.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), WebFile::load));

    private record WebFile(String type, String etag, String text) {
        static WebFile load(String name) {
            try (InputStream in = PageHandler.class.getResourceAsStream("/web/" + name)) {
                byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
                String etag = '"' + UUID.nameUUIDFromBytes(bytes).toString() + '"';
                return new WebFile(typeOf(name) + "; charset=utf-8", etag, new String(bytes, StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String typeOf(String name) {
            return switch (name.substring(name.lastIndexOf('.'))) {
                case ".html" -> "text/html";
                case ".css" -> "text/css";
                case ".js" -> "text/javascript";
                default -> "image/svg+xml";
            };
        }
    }

    void index(Context ctx) {
        answer(ctx, INDEX);
    }

    void file(Context ctx) {
        answer(ctx, ctx.pathParam("file"));
    }

    private void answer(Context ctx, String name) {
        Query.of(ctx).only();
        WebFile file = Optional.ofNullable(files.get(name)).orElseThrow(NotFoundResponse::new);
        ctx.header("Content-Security-Policy", POLICY);
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("Referrer-Policy", "no-referrer");
        ctx.header("Cache-Control", "no-cache");
        ctx.header("ETag", file.etag());
        if (file.etag().equals(ctx.header("If-None-Match"))) {
            ctx.status(304);
        } else {
            ctx.contentType(file.type()).result(file.text());
        }
    }
}
