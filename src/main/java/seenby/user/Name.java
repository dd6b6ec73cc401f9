package seenby.user;

import java.util.Optional;
import seenby.refusal.Refused;

/** A display name: up to 128 code points of Unicode, without control characters. */
public record Name(String value) {
    private static final int MOST_CODE_POINTS = 128;

    public Name {
        if (value.codePointCount(0, value.length()) > MOST_CODE_POINTS) {
            throw Refused.invalid("name", "A name can have at most 128 characters.");
        }
        if (value.codePoints().anyMatch(Name::isRefused)) {
            throw Refused.invalid("name", "A name must not contain control characters.");
        }
    }

    /** The given name, or the id if the name is absent or empty. */
    public static Name orId(Optional<String> given, String id) {
        return new Name(given.filter(name -> !name.isEmpty()).orElse(id));
    }

    private static boolean isRefused(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }
}
