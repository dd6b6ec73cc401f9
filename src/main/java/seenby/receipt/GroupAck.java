package seenby.receipt;

import seenby.group.GroupId;

/**
 * A cumulative ack in one group.
 *
 * @param lastAck the cursor that it starts from
 * @param upto the message that the cursor moves to
 */
public record GroupAck(GroupId group, long lastAck, long upto) {
    /** How many messages it passes. */
    public long distance() {
        return Math.max(0, upto - lastAck);
    }
}
