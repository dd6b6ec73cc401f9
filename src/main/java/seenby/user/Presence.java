package seenby.user;

import java.util.Collection;
import java.util.Set;

/** Who is online: users with an open poll, or with a request within the last 60 s. */
public interface Presence {
    /** Records that the user is online now. Makes no trip to the store. */
    void touch(UserId user);

    /** The users among these that are online. */
    Set<UserId> online(Collection<UserId> users);
}
