package seenby.user;

import java.util.Optional;
import java.util.regex.Pattern;
import seenby.refusal.Refused;

/** The id of a user: {@code [a-z0-9][a-z0-9_.-]{0,63}}, which is safe in a path, a key and a shell. */
public record UserId(String value) implements Comparable<UserId> {
    /** The form of ids of users and groups. */
    public static final Pattern PATTERN = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,63}");

    public static final String RULE = "takes 1 to 64 of a-z, 0-9, '_', '.' and '-', beginning with a letter or digit";

    /**
     * The user that the first start creates, and that inherits the groups of deleted users. It is declared after the
     * pattern, which checks it.
     */
    public static final UserId ADMIN = new UserId("admin");

    public UserId {
        if (!PATTERN.matcher(value).matches()) {
            throw Refused.invalid("id", "A user id " + RULE + ".");
        }
    }

    /** Parses an id; empty if no user can have it. */
    public static Optional<UserId> parse(String text) {
        return PATTERN.matcher(text).matches() ? Optional.of(new UserId(text)) : Optional.empty();
    }

    @Override
    public int compareTo(UserId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
