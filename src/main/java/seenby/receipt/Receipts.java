package seenby.receipt;

import java.util.Collection;
import java.util.Set;
import seenby.group.GroupId;
import seenby.user.UserId;

/**
 * The receipts of the messages, as long as they are not archived, and the cursors that they follow. All refuse with
 * {@code NOT_MEMBER}.
 */
public interface Receipts {
    /** Moves the member's cursor to a message, never back. Refuses with {@code BEYOND_LAST}; then nothing changes. */
    AckResult ack(GroupId group, UserId member, long upto);

    /**
     * Moves cursors of the user, never back, with as few trips as the number of messages allows. There may be one ack
     * for each group. Returns the groups of which the user is a member. Refuses with {@code BEYOND_LAST}.
     */
    Set<GroupId> ackEach(UserId user, Collection<GroupAck> each);

    /**
     * Marks one message as read, unless its receipts are archived, and leaves the cursor. Refuses with
     * {@code NO_MESSAGE}.
     */
    void ackOne(GroupId group, UserId member, long id);

    /** Counts of those messages in the range whose receipts the member may see; at most 1,000 ids. */
    Counted counts(GroupId group, UserId member, long from, long upto);

    /** One message's count alone. Refuses with {@code NO_MESSAGE}, {@code NO_RECEIPTS}, {@code NOT_SENDER}. */
    Found count(GroupId group, UserId member, long id);

    /** One message's count and lists. Refuses as {@link #count}. */
    Found list(GroupId group, UserId member, long id);

    /**
     * Reminds those who have not read a message of it, at most once in 10 minutes. Refuses with {@code NOT_MEMBER},
     * {@code NO_MESSAGE}, {@code NO_RECEIPTS}, {@code NOT_IN_CHARGE}, {@code FROZEN} once they are archived, and
     * {@code NUDGED}, which says how long to wait.
     */
    Nudge nudge(GroupId group, UserId member, long id);
}
