package seenby.update;

/**
 * The position of a reader in one group.
 *
 * @param incarnation distinguishes the group from a later one with the same id
 * @param id the last message that it has received
 * @param read the last read that it has received
 * @param nudge the last nudge that it has received
 */
record Place(String incarnation, long id, long read, long nudge) {
    Place atMessage(long newId) {
        return new Place(incarnation, newId, read, nudge);
    }

    Place atRead(long newRead) {
        return new Place(incarnation, id, newRead, nudge);
    }

    Place atNudge(long newNudge) {
        return new Place(incarnation, id, read, newNudge);
    }
}
