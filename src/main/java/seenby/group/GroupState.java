package seenby.group;

/**
 * The part of a group that its wakes carry: what it has, without what any member has done with it.
 *
 * @param incarnation distinguishes this group from an earlier one with the same id
 * @param seq raised by one with every change of the group; 0 before the first
 * @param receipts who may see receipts now
 * @param firstId the oldest message that is in Redis
 * @param lastId the newest message; 0 before the first
 * @param lastRead the number of the group's newest read; 0 before the first
 * @param lastNudge the number of the group's newest nudge; 0 before the first
 */
public record GroupState(
        GroupId id,
        String incarnation,
        long seq,
        ReceiptPolicy receipts,
        long firstId,
        long lastId,
        long lastRead,
        long lastNudge) {
    /** The same state, with the shared objects of its names. */
    public GroupState withNames(SharedNames names) {
        return new GroupState(
                names.id(id), names.incarnation(incarnation), seq, receipts, firstId, lastId, lastRead, lastNudge);
    }

    /** Whether the other is of the same group, not of an earlier or a later one with this id. */
    public boolean isSameGroup(GroupState other) {
        return incarnation.equals(other.incarnation);
    }
}
