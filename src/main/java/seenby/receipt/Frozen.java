package seenby.receipt;

/**
 * What of a group's receipts is archived and never changes again, as one member finds it.
 *
 * @param incarnation tells the group from an earlier one under the same id
 * @param upto the last message whose receipts are archived; 0 where none are
 * @param seesAll whether the member may see the receipts of what others sent
 */
public record Frozen(String incarnation, long upto, boolean seesAll) {}
