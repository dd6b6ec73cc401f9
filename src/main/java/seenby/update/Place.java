package seenby.update;

/**
 * Where a reader stands in one group.
 *
 * @param incarnation the group it was, should another be made under its id
 * @param id the last message it was given
 * @param read the last of the reads it was given
 */
record Place(String incarnation, long id, long read) {
    Place atMessage(long newId) {
        return new Place(incarnation, newId, read);
    }

    Place atRead(long newRead) {
        return new Place(incarnation, id, newRead);
    }
}
