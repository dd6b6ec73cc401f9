package seenby.archive;

import seenby.user.UserId;

/**
 * Which archived receipts of a group a member may read.
 *
 * @param incarnation tells the group from an earlier one with the same id
 * @param upto the last message whose receipts are archived; 0 if none are
 * @param seesAll whether the member may see the receipts of messages that others sent
 */
public record ArchiveAccess(String incarnation, long upto, boolean seesAll) {
    boolean allows(UserId member, UserId sender) {
        return seesAll || sender.equals(member);
    }
}
