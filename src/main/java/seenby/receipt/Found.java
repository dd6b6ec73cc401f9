package seenby.receipt;

import java.util.Optional;

/** One message's receipts, empty where they are archived, and what is. */
public record Found(Optional<Receipt> live, Frozen frozen) {}
