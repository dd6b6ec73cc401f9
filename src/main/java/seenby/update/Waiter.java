package seenby.update;

import seenby.group.GroupId;
import seenby.user.UserId;

/** One that waits for news. It is told on the thread of those who tell, so it must not wait for anything. */
interface Waiter {
    UserId user();

    /** Of the token that it came with. */
    String tokenHash();

    /** A group that it watches has a new last message. */
    void sent(GroupId group, long id);

    /** Somebody has read messages that are of its concern. */
    void acked(GroupId group, UserId reader);

    /** Those who have not read a message of a group that it watches are reminded of it. */
    void nudged(GroupId group);

    /** Users have joined or left a group that it watches. */
    void moved(GroupId group);

    /** Anything may have changed. */
    void lookAgain();

    /** It is to answer with what there is. */
    void finish();

    /** It is to end with this. */
    void fail(RuntimeException reason);
}
