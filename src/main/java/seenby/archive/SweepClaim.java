package seenby.archive;

import java.util.List;

/**
 * What a sweep was given of a group's due receipts.
 *
 * @param incarnation tells the group from an earlier one under the same id; empty where another instance sweeps it
 * @param archivedUpto the last message whose receipts are archived
 * @param firstId the oldest message that the group keeps
 * @param spellsEnded how many spells had ended: a commit after another has ended is refused
 * @param lines the next messages that are due, none where nothing is; ids go on from {@code archivedUpto}
 */
public record SweepClaim(
        State state, String incarnation, long archivedUpto, long firstId, long spellsEnded, List<ArchiveLine> lines) {
    public SweepClaim {
        lines = List.copyOf(lines);
    }

    /** Who sweeps the group. */
    public enum State {
        /** Another instance. */
        BUSY,
        /** The one who asks, after another that did not let go: its segment must be closed first. */
        TAKEN_OVER,
        /** The one who asks. */
        HELD
    }

    public static SweepClaim busy() {
        return new SweepClaim(State.BUSY, "", 0, 0, 0, List.of());
    }

    public static SweepClaim takenOver(String incarnation, long archivedUpto, long firstId) {
        return new SweepClaim(State.TAKEN_OVER, incarnation, archivedUpto, firstId, 0, List.of());
    }
}
