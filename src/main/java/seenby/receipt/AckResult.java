package seenby.receipt;

/**
 * The answer to a cumulative ack.
 *
 * @param acked how many messages the cursor moved; 0 if it was there already
 * @param lastId the group's last message at that moment
 */
public record AckResult(long lastAck, long acked, long lastId) {
    /** The result of two acks, one after the other. */
    public AckResult then(AckResult next) {
        return new AckResult(next.lastAck, acked + next.acked, next.lastId);
    }

    public long unread() {
        return lastId - lastAck;
    }
}
