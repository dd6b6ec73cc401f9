package seenby.update;

/**
 * Where a reader stands in one group.
 *
 * @param incarnation the group it was, should another be made under its id
 * @param id the last message it was given
 * @param read the last of the reads it was given
 * @param nudge the last of the nudges it was given
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
