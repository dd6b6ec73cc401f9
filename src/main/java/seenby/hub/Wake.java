package seenby.hub;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import seenby.group.GroupId;
import seenby.group.GroupState;
import seenby.user.UserId;

/** An event for every instance. It says what has happened, without the content. */
public sealed interface Wake {
    /** The class of each kind of wake. */
    static List<Class<?>> kinds() {
        return kinds(Wake.class).toList();
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed() ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Wake::kinds) : Stream.of(type);
    }

    /** Something about a group has changed. It carries the group after the change. */
    sealed interface Change extends Wake {
        GroupState group();
    }

    /** A group has a new last message. */
    record Sent(GroupState group) implements Change {}

    /** A member has read messages of these senders; {@code all} means that every member may see it. */
    record Acked(GroupState group, UserId reader, Set<UserId> senders, boolean all) implements Change {}

    /** Somebody has sent a nudge. */
    record Nudged(GroupState group) implements Change {}

    /** Users have joined or left a group, or have turned their read receipts on or off. */
    record Moved(GroupState group, Set<UserId> users) implements Change {}

    /** Receipts were archived, so they can no longer change. */
    record Archived(GroupState group) implements Change {}

    /** The settings of a group have changed, or its oldest messages have left Redis. */
    record Changed(GroupState group) implements Change {}

    /** A group was deleted. */
    record Gone(GroupState group) implements Change {}

    /** Something about a group, from a server of another version; these users may have joined or left it. */
    record Unknown(GroupId group, Set<UserId> users) implements Wake {}

    /** A token was revoked. */
    record Revoked(String tokenHash) implements Wake {}
}
