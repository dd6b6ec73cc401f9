package seenby.message;

import seenby.group.GroupId;
import seenby.group.GroupState;
import seenby.user.UserId;

/** The messages of the groups. Ranges are inclusive, and end early after 1 MiB of text, or less in a small heap. */
public interface Messages {
    /** Stores a message durably. Refuses with {@code NOT_MEMBER}, {@code OTHER_TEXT}. */
    SendResult send(GroupId group, UserId sender, Draft draft);

    /** The first messages of a range, at least one if the range has any. Refuses with {@code NO_GROUP}. */
    Page oldest(GroupState group, long from, long upto, int limit);

    /** The last messages of a range, at least one if the range has any. Refuses with {@code NO_GROUP}. */
    Page newest(GroupState group, long from, long upto, int limit);
}
