package seenby.user;

import java.util.Optional;
import seenby.refusal.Refused;

/**
 * A display name: up to 128 code points of Unicode without white space at its ends. It has no control characters, and
 * none that change the direction of the text after it, because a name stands in the sentences of others.
 */
public record Name(String value) {
    private static final int MOST_CODE_POINTS = 128;

    public Name {
        value = VisibleText.trim(value);
        if (value.codePointCount(0, value.length()) > MOST_CODE_POINTS) {
            throw Refused.invalid("name", "A name can have at most 128 characters.");
        }
        if (value.codePoints().anyMatch(Name::isControl)) {
            throw Refused.invalid("name", "A name must not contain control characters.");
        }
        if (value.codePoints().anyMatch(Name::turnsDirection)) {
            throw Refused.invalid(
                    "name",
                    "A name must not change the direction of text. Remove the characters U+202A to U+202E and U+2066 to"
                            + " U+2069.");
        }
    }

    /** The given name, or the id if the name is absent or blank. */
    public static Name orId(Optional<String> given, String id) {
        return new Name(given.filter(name -> !VisibleText.isBlank(name)).orElse(id));
    }

    /** A name from storage. What an earlier version accepted is shown without the characters that are refused now. */
    public static Name stored(String name, String id) {
        String accepted = name.codePoints()
                .filter(codePoint -> !isControl(codePoint) && !turnsDirection(codePoint))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return orId(Optional.of(accepted), id);
    }

    private static boolean isControl(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }

    /** The embeddings, overrides and isolates. Marks such as U+200F are no part of them: they end with themselves. */
    private static boolean turnsDirection(int codePoint) {
        return (codePoint >= 0x202A && codePoint <= 0x202E) || (codePoint >= 0x2066 && codePoint <= 0x2069);
    }
}
