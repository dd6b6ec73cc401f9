package seenby.update;

import java.util.Set;
import seenby.group.GroupId;
import seenby.user.UserId;

/** News that reaches every instance: what has happened, never what it holds. */
public sealed interface Wake {
    /** A group has a new last message. */
    record Sent(GroupId group, long id) implements Wake {}

    /** A member has read messages of these senders; of everybody's concern where {@code all}. */
    record Acked(GroupId group, UserId reader, Set<UserId> senders, boolean all) implements Wake {}

    /** Those who have not read a message are reminded of it. */
    record Nudged(GroupId group) implements Wake {}

    /** Users have joined or left a group, or chosen whether others learn what they read. */
    record Moved(GroupId group, Set<UserId> users) implements Wake {}

    /** A group was deleted. */
    record Gone(GroupId group) implements Wake {}

    /** A token stopped working. */
    record Revoked(String tokenHash) implements Wake {}
}
