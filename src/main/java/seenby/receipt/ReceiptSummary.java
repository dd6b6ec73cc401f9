package seenby.receipt;

import java.util.Optional;

/**
 * What a list of messages says about the receipts of one message. It says nothing if the member may not see them.
 *
 * @param count empty if they are archived
 */
public record ReceiptSummary(Optional<ReceiptCount> count, boolean archived) {}
