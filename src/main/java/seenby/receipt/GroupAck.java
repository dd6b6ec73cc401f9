package seenby.receipt;

import java.util.Optional;
import seenby.group.GroupId;

/**
 * A cumulative ack in one group.
 *
 * @param incarnation the group that it means; a later one with the same id is another. Empty: whichever exists now
 * @param lastAck the cursor that it starts from
 * @param upto the message that the cursor moves to
 */
public record GroupAck(GroupId group, Optional<String> incarnation, long lastAck, long upto) {
    /** The same ack from a cursor that has moved on. */
    public GroupAck from(long cursor) {
        return new GroupAck(group, incarnation, cursor, upto);
    }

    /** How many messages it passes. */
    public long distance() {
        return Math.max(0, upto - lastAck);
    }
}
