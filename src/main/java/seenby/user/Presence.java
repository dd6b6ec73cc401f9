package seenby.user;

import java.util.Collection;
import java.util.Set;

/** Who is online: whoever has a poll open, or has asked for anything within the last 60 s. */
public interface Presence {
    /** Notes that the user is here now. Costs no trip to the store. */
    void touch(UserId user);

    /** Those of the users that are online. */
    Set<UserId> online(Collection<UserId> users);
}
