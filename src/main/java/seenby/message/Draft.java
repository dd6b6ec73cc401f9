package seenby.message;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import seenby.refusal.Refused;
import seenby.user.VisibleText;

/**
 * A message to be sent.
 *
 * @param clientId makes a retry the same message: 1 to 128 printable ASCII characters
 */
public record Draft(String text, Optional<String> clientId) {
    private static final Pattern CLIENT_ID = Pattern.compile("[ -~]{1,128}");

    public Draft {
        if (VisibleText.isBlank(text)) {
            throw Refused.invalid("text", "A message needs a text that is not blank.");
        }
        if (text.indexOf('\0') >= 0) {
            throw Refused.invalid("text", "A message must not contain U+0000.");
        }
        clientId.ifPresent(id -> {
            if (!CLIENT_ID.matcher(id).matches()) {
                throw Refused.invalid("client_id", "A client id must have 1 to 128 printable ASCII characters.");
            }
        });
    }

    /** Refuses with {@code TOO_LARGE} a text of more bytes in UTF-8. */
    public Draft atMost(int bytes) {
        if (text.getBytes(StandardCharsets.UTF_8).length > bytes) {
            throw Refused.tooLarge(bytes, "A message can have at most " + bytes + " bytes of UTF-8.");
        }
        return this;
    }
}
