package seenby.group;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import seenby.user.Name;
import seenby.user.UserId;

/**
 * A group as one user sees it at one moment.
 *
 * @param standing the membership of the user; empty if it is no member
 */
public record Group(
        GroupState state, Name name, UserId owner, Instant createdAt, int members, Optional<Standing> standing) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * The membership of a user in a group.
     *
     * @param lastAck the cursor: the member has read everything up to it
     * @param joinedAfter the newest message when it joined
     * @param joinedAfterRead the number of the newest read when it joined
     * @param lastReadOfOwn the number of the newest read of a message that this member sent; 0 before the first
     */
    public record Standing(long lastAck, long joinedAfter, long joinedAfterRead, long lastReadOfOwn) {
        /** The same with this number, if it is newer. */
        public Standing withReadOfOwn(long number) {
            return number > lastReadOfOwn ? new Standing(lastAck, joinedAfter, joinedAfterRead, number) : this;
        }
    }

    /** 40 random bits: enough to distinguish groups that had the same id one after another. */
    public static String newIncarnation() {
        return String.format("%010x", RANDOM.nextLong() & 0xffffffffffL);
    }

    public GroupId id() {
        return state.id();
    }

    public String incarnation() {
        return state.incarnation();
    }

    /** Who may see receipts now. */
    public ReceiptPolicy receipts() {
        return state.receipts();
    }

    /** The oldest message that is in Redis. */
    public long firstId() {
        return state.firstId();
    }

    /** The newest message; 0 before the first. */
    public long lastId() {
        return state.lastId();
    }

    /** How many messages a member with this cursor has not read. */
    public long unread(Standing member) {
        return lastId() - member.lastAck();
    }
}
