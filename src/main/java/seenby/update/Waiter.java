package seenby.update;

import seenby.group.GroupId;
import seenby.user.UserId;

/** Something that waits for news. It is called on the thread of the caller, so it must not block. */
interface Waiter {
    UserId user();

    /** The hash of its token. */
    String tokenHash();

    /** A group that it watches has a new last message. */
    void sent(Wake.Sent sent);

    /** Somebody has read messages whose reads it may see. */
    void acked(GroupId group, UserId reader);

    /** Somebody has sent a nudge in a group that it watches. */
    void nudged(GroupId group);

    /** Users have joined or left a group that it watches. */
    void moved(GroupId group);

    /** Receipts of a group that it watches were archived. */
    void archived(GroupId group);

    /** Anything may have changed. */
    void lookAgain();

    /** It must answer with the news so far. */
    void finish();

    /** It must end with this failure. */
    void fail(RuntimeException reason);
}
