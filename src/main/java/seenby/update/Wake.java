package seenby.update;

import java.util.Set;
import seenby.group.GroupId;
import seenby.user.UserId;

/** An event for every instance. It says what has happened, without the content. */
public sealed interface Wake {
    /** A group has a new last message. The incarnation distinguishes it from other groups with the same id. */
    record Sent(GroupId group, String incarnation, long id) implements Wake {}

    /** A member has read messages of these senders; {@code all} means that every member may see it. */
    record Acked(GroupId group, UserId reader, Set<UserId> senders, boolean all) implements Wake {}

    /** Somebody has sent a nudge. */
    record Nudged(GroupId group) implements Wake {}

    /** Users have joined or left a group, or have turned their read receipts on or off. */
    record Moved(GroupId group, Set<UserId> users) implements Wake {}

    /** Receipts were archived, so they can no longer change. */
    record Archived(GroupId group) implements Wake {}

    /** A group was deleted. */
    record Gone(GroupId group) implements Wake {}

    /** A token was revoked. */
    record Revoked(String tokenHash) implements Wake {}
}
