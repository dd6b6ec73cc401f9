package seenby.update;

import java.util.Optional;
import seenby.group.GroupState;
import seenby.user.UserId;

/** The data in the store that only polls read. */
public interface Look {
    /**
     * The reads after a position that the user may see, from a bounded number of entries. The result may be empty
     * although more follow. Refuses a later group with the same id with {@code NO_GROUP}.
     */
    Reads reads(GroupState group, UserId user, long after);

    /**
     * The nudges after a position for messages that the user has not read, from a bounded number of entries. The result
     * may be empty although more follow. Refuses a later group with the same id with {@code NO_GROUP}.
     */
    Nudges nudges(GroupState group, UserId user, long after);

    /** Stores a position for 7 days or a little more. Its name is derived from its content. */
    void keep(UserId user, String name, String position);

    /** A stored position, which stays as long again; empty if it has expired. */
    Optional<String> kept(UserId user, String name);

    /** Lets a stored position stay as long again. Returns false if it has expired. */
    boolean renew(UserId user, String name);
}
