package seenby.group;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether messages get receipts, and who may see them. */
public enum ReceiptPolicy {
    /** Only the sender of a message sees who has read it. */
    SENDER,
    /** Every member sees who has read a message. */
    MEMBERS,
    /** New messages get no receipts. */
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
