package seenby.client;

/** A member that follows one group. */
public interface Follower {
    /** Hears of each message that is delivered. */
    interface DeliveryListener {
        void delivered(int sequence);

        /** A message came again, or one before it did not come. */
        void outOfOrder();
    }

    void open();

    /** Whether it has its first answer, and waits for news. */
    boolean isOpen();

    void close();
}
