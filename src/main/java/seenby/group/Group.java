package seenby.group;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import seenby.user.Name;
import seenby.user.UserId;

/**
 * A group as one user sees it at one moment.
 *
 * @param incarnation distinguishes this group from an earlier one with the same id
 * @param firstId the oldest message that is in Redis
 * @param lastId the newest message; 0 before the first
 * @param lastRead the number of the group's newest read; 0 before the first
 * @param lastNudge the number of the group's newest nudge; 0 before the first
 * @param standing the membership of the user; empty if it is no member
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
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * The membership of a user in a group.
     *
     * @param lastAck the cursor: the member has read everything up to it
     * @param joinedAfter the newest message when it joined
     * @param joinedAfterRead the number of the newest read when it joined
     * @param lastReadOfOwn the number of the newest read of a message that this member sent; 0 before the first
     */
    public record Standing(long lastAck, long joinedAfter, long joinedAfterRead, long lastReadOfOwn) {}

    /** 40 random bits: enough to distinguish groups that had the same id one after another. */
    public static String newIncarnation() {
        return String.format("%010x", RANDOM.nextLong() & 0xffffffffffL);
    }

    /** The same group with this last message, if it is newer. */
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
