package seenby.http;

import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.Set;

/** The page for people: a fixed set of files. */
public final class PageHandler {
    private static final String INDEX = "index.html";
    private static final Set<String> FILES = Set.of(
            INDEX,
            "account-dialog.js",
            "api.js",
            "app.js",
            "avatar.js",
            "composer.js",
            "conversation-header.js",
            "conversation-pane.js",
            "conversation.css",
            "conversation.js",
            "dates.js",
            "desk.js",
            "dialog.css",
            "dialog.js",
            "dom.js",
            "form.js",
            "group-dialog.js",
            "group-list.js",
            "group.js",
            "history.js",
            "icon.svg",
            "message-list.js",
            "message-view.js",
            "new-group-dialog.js",
            "people-dialog.js",
            "policy-select.js",
            "read-tracker.js",
            "receipt-counts.js",
            "receipt-lists.js",
            "receipt-view.js",
            "router.js",
            "session.js",
            "sign-in.js",
            "status-bar.js",
            "style.css",
            "texts-en.js",
            "texts-zh.js",
            "texts.js",
            "throttle.js",
            "token-dialog.js",
            "update-loop.js",
            "user-picker.js",
            "viewport.js");

    private final WebFiles files = new WebFiles();

    void index(Context ctx) {
        answer(ctx, INDEX);
    }

    void file(Context ctx) {
        answer(ctx, ctx.pathParam("file"));
    }

    private void answer(Context ctx, String name) {
        if (!FILES.contains(name)) {
            throw new NotFoundResponse();
        }
        files.answer(ctx, "/web/" + name);
    }
}
