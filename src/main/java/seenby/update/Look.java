package seenby.update;

import java.util.Optional;
import seenby.group.Group;
import seenby.user.UserId;

/** What only the poll reads of the store. */
public interface Look {
    /**
     * The reads of the next stretch after a position that concern the user; there may be none, and still more after it.
     * Refuses with {@code NO_GROUP} a group of that id made later.
     */
    Reads reads(Group group, UserId user, long after);

    /**
     * The nudges of the next stretch after a position of which the user has not read the message; there may be none, and
     * still more after it. Refuses with {@code NO_GROUP} a group of that id made later.
     */
    Nudges nudges(Group group, UserId user, long after);

    /** Keeps a position for 7 days from its last use, under a name that its content gives it. */
    void keep(UserId user, String name, String position);

    /** A position that was kept; empty where it is no longer. */
    Optional<String> kept(UserId user, String name);
}
