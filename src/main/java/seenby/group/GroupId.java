package seenby.group;

import java.util.Optional;
import seenby.refusal.Refused;
import seenby.user.UserId;

/** The id of a group. It has the same form as the id of a user. */
public record GroupId(String value) implements Comparable<GroupId> {
    public GroupId {
        if (!UserId.PATTERN.matcher(value).matches()) {
            throw Refused.invalid("id", "A group id " + UserId.RULE + ".");
        }
    }

    /** Parses an id; empty if no group can have it. */
    public static Optional<GroupId> parse(String text) {
        return UserId.PATTERN.matcher(text).matches() ? Optional.of(new GroupId(text)) : Optional.empty();
    }

    @Override
    public int compareTo(GroupId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
