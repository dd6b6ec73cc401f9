package seenby.group;

import java.time.Instant;
import java.util.Optional;
import seenby.user.Name;
import seenby.user.UserId;

/**
 * A group as one user finds it at one moment.
 *
 * @param incarnation tells this group from an earlier one under the same id
 * @param firstId the oldest message that is kept
 * @param lastId the newest message; 0 before the first
 * @param lastRead the newest entry of the group's reads; 0 before the first
 * @param lastNudge the newest of the group's nudges; 0 before the first
 * @param standing where the user stands in it; empty where it is no member
 */
public record Group(
        GroupId id,
        String incarnation,
        Name name,
        UserId owner,
        Instant createdAt,
        ReceiptPolicy receipts,
        long firstId,
        long lastId,
        int members,
        long lastRead,
        long lastNudge,
        Optional<Standing> standing) {
    /**
     * A member's own place in a group.
     *
     * @param lastAck the cursor: everything up to it has been read
     * @param joinedAfter the newest message when it joined
     * @param joinedAfterRead the newest entry of the reads when it joined
     * @param lastReadOfOwn the newest entry of the reads that tells of a message this member sent; 0 where none does
     */
    public record Standing(long lastAck, long joinedAfter, long joinedAfterRead, long lastReadOfOwn) {}

    /** The same with a newer last message, where it is newer. */
    public Group withLast(long id) {
        return new Group(
                this.id,
                incarnation,
                name,
                owner,
                createdAt,
                receipts,
                firstId,
                Math.max(lastId, id),
                members,
                lastRead,
                lastNudge,
                standing);
    }

    /** How many messages a member with this cursor has not read. */
    public long unread(Standing member) {
        return lastId - member.lastAck();
    }
}
