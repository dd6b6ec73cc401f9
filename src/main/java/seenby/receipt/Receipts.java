package seenby.receipt;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import seenby.group.GroupId;
import seenby.message.Message;
import seenby.user.UserId;

/**
 * The receipts of the messages, archived ones too, and the cursors behind them. All methods refuse with
 * {@code NOT_MEMBER}.
 */
public interface Receipts {
    /** Moves the member's cursor to a message, never back. Refuses with {@code BEYOND_LAST}; then nothing changes. */
    AckResult ack(GroupId group, UserId member, long upto);

    /**
     * Moves cursors of the user, never back, with as few trips as the number of messages allows. There may be one ack
     * for each group. Returns the groups of which the user is a member, as of the cursor that the ack starts from if it
     * does not move it. Refuses with {@code BEYOND_LAST}.
     */
    Set<GroupId> ackEach(UserId user, Collection<GroupAck> each);

    /**
     * Marks one message as read, unless its receipts are archived; the cursor stays. Refuses with {@code NO_MESSAGE}.
     */
    void ackOne(GroupId group, UserId member, long id);

    /**
     * The counts of those messages in a range whose receipts the member may see; at most 1,000 ids. No thread waits for
     * the archive.
     */
    CompletableFuture<List<ReceiptCount>> counts(GroupId group, UserId member, long from, long upto);

    /**
     * One summary for each message, which must be in ascending order. It reads no file, so it has no archived counts.
     */
    List<ReceiptSummary> summaries(GroupId group, UserId member, List<Message> messages);

    /** The count of one message. Refuses with {@code NO_MESSAGE}, {@code NO_RECEIPTS}, {@code NOT_SENDER}. */
    Receipt count(GroupId group, UserId member, long id);

    /** The count and the lists of one message. Refuses as {@link #count} does. */
    Receipt list(GroupId group, UserId member, long id);

    /**
     * Reminds those who have not read a message, at most once in 10 minutes. Refuses with {@code NO_MESSAGE}, {@code
     * NO_RECEIPTS}, {@code NOT_IN_CHARGE}, {@code FROZEN} once the receipts are archived, and {@code NUDGED}, which
     * says how long to wait.
     */
    Nudge nudge(GroupId group, UserId member, long id);
}
