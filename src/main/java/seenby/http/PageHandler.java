package seenby.http;

import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.Set;
import seenby.request.Query;

/** The page for people: a fixed set of files. */
public final class PageHandler {
    private static final String INDEX = "index.html";
    private static final Set<String> FILES = Set.of(
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
            "stage.js",
            "talk.js",
            "texts.js");

    private final WebFiles files = new WebFiles();

    void index(Context ctx) {
        answer(ctx, INDEX);
    }

    void file(Context ctx) {
        answer(ctx, ctx.pathParam("file"));
    }

    private void answer(Context ctx, String name) {
        Query.of(ctx).only();
        if (!FILES.contains(name)) {
            throw new NotFoundResponse();
        }
        files.answer(ctx, "/web/" + name);
    }
}
