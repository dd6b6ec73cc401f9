package seenby.hub;

import java.util.concurrent.Executor;
import seenby.group.GroupId;
import seenby.user.UserId;

/** A waiter for the news of all groups of a user. */
public interface UserWaiter extends Waiter {
    UserId user();

    /** A group of the user has news. */
    void hear(GroupId group, Executor steps);

    /** Somebody has read messages in a group of the user, and the user may see it. */
    void hearRead(GroupId group, UserId reader);
}
