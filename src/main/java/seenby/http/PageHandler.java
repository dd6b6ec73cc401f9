package seenby.http;

import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.regex.Pattern;

/** The web page: the files of the jar's folder {@code /web} and of the folders in it, and nothing outside it. */
public final class PageHandler {
    /** Words between slashes and one dot, so that a name cannot lead out of the folder. */
    private static final Pattern FILE = Pattern.compile("([a-z]+/)?[a-z][a-z-]*\\.(html|css|js|svg)");

    private final WebFiles files = new WebFiles();

    void index(Context ctx) {
        answer(ctx, "index.html");
    }

    void file(Context ctx) {
        answer(ctx, ctx.pathParam("file"));
    }

    void fileInFolder(Context ctx) {
        answer(ctx, ctx.pathParam("folder") + "/" + ctx.pathParam("file"));
    }

    private void answer(Context ctx, String name) {
        String resource = "/web/" + name;
        if (!FILE.matcher(name).matches() || !WebFiles.exists(resource)) {
            throw new NotFoundResponse();
        }
        // the worker answers for the page, which is at the root
        ctx.header("Service-Worker-Allowed", "/");
        files.answer(ctx, resource);
    }
}
