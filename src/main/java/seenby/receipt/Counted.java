package seenby.receipt;

import java.util.List;

/** Counts of those messages in a range that are not archived, and what is. */
public record Counted(List<ReceiptCount> live, Frozen frozen) {
    public Counted {
        live = List.copyOf(live);
    }
}
