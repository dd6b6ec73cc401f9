package seenby.group;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether receipts are kept for what is sent, and who may see those that are kept. */
public enum ReceiptPolicy {
    /** Only a message's sender sees who has read it. */
    SENDER,
    /** Every member does. */
    MEMBERS,
    /** None are kept for what is sent from now on. */
    OFF;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ReceiptPolicy> parse(String word) {
        return Arrays.stream(values())
                .filter(policy -> policy.word().equals(word))
                .findFirst();
    }
}
