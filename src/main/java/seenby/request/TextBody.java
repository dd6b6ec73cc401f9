package seenby.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import seenby.json.Json;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;

/** A body that is a text as it stands. */
public final class TextBody {
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private TextBody() {}

    /**
     * Reads the text. It is empty if the body is blank, whatever its type. A body of an unchosen type that is JSON with
     * a text in it is refused: its client has forgotten a header, and means the text in it.
     */
    public static String of(Context ctx, int limitBytes) {
        ContentType type = ContentType.of(ctx);
        String text = Content.utf8(Content.read(ctx, limitBytes, type::requireText));
        if (type.isUnchosen() && isJsonWithText(text)) {
            throw new Refused(
                    Refusal.INVALID,
                    "The body is JSON, but the header Content-Type does not say so. Send Content-Type: application/json;"
                            + " or text/plain, where this JSON is itself the text.");
        }
        return text;
    }

    private static boolean isJsonWithText(String body) {
        String json = body.startsWith(BYTE_ORDER_MARK) ? body.substring(1) : body;
        return Json.readLeniently(json)
                .filter(value -> value instanceof ObjectNode && value.has("text"))
                .isPresent();
    }
}
