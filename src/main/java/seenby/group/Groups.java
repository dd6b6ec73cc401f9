package seenby.group;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import seenby.user.Caller;
import seenby.user.Name;
import seenby.user.UserId;

/**
 * The groups, and an index of them. After a crash the index may name too many groups, never too few. Every method with
 * the {@code GroupId} of no group refuses with {@code NO_GROUP}.
 *
 * <p>A member has a <em>receipt period</em> while it sends read receipts: from joining, or from turning them on, until
 * leaving or turning them off.
 */
public interface Groups {
    /**
     * Creates a group with all its members, or not at all. The map contains the owner, and says for each member whether
     * it sends read receipts. Refuses with {@code GROUP_TAKEN}.
     */
    void create(GroupId id, Name name, ReceiptPolicy receipts, UserId owner, Map<UserId, Boolean> members);

    /** The group as the user sees it, member or not. */
    Group get(GroupId group, UserId user);

    /** The same for many groups, with a few trips. Leaves out ids of no group. */
    List<Group> get(Collection<GroupId> groups, UserId user);

    /** The groups that the user may be a member of. */
    Set<GroupId> idsOf(UserId user);

    /** How many groups each of these users may be a member of. */
    Map<UserId, Long> counts(Collection<UserId> users);

    /** The ids of all groups, including those that are being deleted. */
    Set<GroupId> all();

    /** The members, sorted by id. Refuses a caller who is neither member nor admin with {@code NOT_MEMBER}. */
    List<Member> members(GroupId group, Caller caller);

    /**
     * Changes the fields that are present. Refuses with {@code NOT_MEMBER}, {@code NOT_OWNER},
     * {@code OWNER_NOT_MEMBER}.
     */
    void change(
            GroupId group,
            Caller caller,
            Optional<Name> name,
            Optional<ReceiptPolicy> receipts,
            Optional<UserId> owner);

    /** Refuses a caller who may not add members with {@code NOT_MEMBER} or {@code NOT_OWNER}. */
    void requireOwner(GroupId group, Caller caller);

    /**
     * Adds users. The map says for each whether it sends read receipts. Returns the users that were not members yet.
     * Refuses as {@link #requireOwner} does.
     */
    Set<UserId> join(GroupId group, Caller caller, Map<UserId, Boolean> users);

    /** Removes a member. Refuses with {@code NOT_MEMBER}, {@code NOT_OWNER}, {@code NO_MEMBER}, {@code OWNER_STAYS}. */
    void leave(GroupId group, Caller caller, UserId member);

    /**
     * Ends the receipt period of a member, including receipts that it has not sent yet. Ignores a user who is no
     * member.
     */
    void endPeriod(GroupId group, UserId member);

    /** Starts a receipt period for later messages, if none is open. Ignores a user who is no member. */
    void startPeriod(GroupId group, UserId member);

    /**
     * Ends the group for all members at once. Refuses with {@code NOT_MEMBER}, {@code NOT_OWNER}.
     *
     * @param withArchive whether to delete its archive too
     */
    void close(GroupId group, Caller caller, boolean withArchive);

    /** Deletes the data of a closed group, and its archive if {@link #close} asked for it. */
    void delete(GroupId group);

    /** Makes the index say whether the user is a member of the group. */
    void correctIndex(GroupId group, UserId user);

    /** Finishes work that a crash interrupted: the cleanup of unread sets, and the deletion of closed groups. */
    void resume();
}
