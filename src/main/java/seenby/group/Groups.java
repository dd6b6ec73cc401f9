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
 * The groups, each kept whole in one place, and an index of them that may name one too many after a crash, never one
 * too few. Every method that is given a {@code GroupId} of no group refuses with {@code NO_GROUP}.
 *
 * <p>A member <em>owes</em> receipts unless it has turned them off for itself.
 */
public interface Groups {
    /** Makes a group with its owner as the only member. Refuses with {@code GROUP_TAKEN}. */
    void create(GroupId id, Name name, ReceiptPolicy receipts, UserId owner, boolean sendsReceipts);

    /** The group as the user finds it, member or not. */
    Group get(GroupId group, UserId user);

    /** The same of many groups in one trip; left out are those that are none. */
    List<Group> get(Collection<GroupId> groups, UserId user);

    /** The groups that the user may be a member of. */
    Set<GroupId> idsOf(UserId user);

    /** The ids of all groups, also of those that are being deleted. */
    Set<GroupId> all();

    /** The members, by id. Refuses with {@code NOT_MEMBER} a caller who is neither member nor admin. */
    List<Member> members(GroupId group, Caller caller);

    /** Changes what is given. Refuses with {@code NOT_MEMBER}, {@code NOT_OWNER}, {@code OWNER_NOT_MEMBER}. */
    void change(
            GroupId group,
            Caller caller,
            Optional<Name> name,
            Optional<ReceiptPolicy> receipts,
            Optional<UserId> owner);

    /** Refuses with {@code NOT_MEMBER}, {@code NOT_OWNER} a caller who may not add members. */
    void requireOwner(GroupId group, Caller caller);

    /** Adds users, given with whether they owe; returns those that were no members. Refuses as {@link #change}. */
    Set<UserId> join(GroupId group, Caller caller, Map<UserId, Boolean> users);

    /** Takes a member out. Refuses with {@code NOT_MEMBER}, {@code NOT_OWNER}, {@code NO_MEMBER}, {@code OWNER_STAYS}. */
    void leave(GroupId group, Caller caller, UserId member);

    /** Lets a member owe no receipts from now on, and none of those that it owed. Nothing for who is no member. */
    void endPeriod(GroupId group, UserId member);

    /** Lets a member owe receipts for what is sent from now on. Nothing for who is no member. */
    void startPeriod(GroupId group, UserId member);

    /**
     * Ends the group for all its members at once. Refuses with {@code NOT_MEMBER}, {@code NOT_OWNER}.
     *
     * @param withArchive whether its archive is to be deleted too
     */
    void close(GroupId group, Caller caller, boolean withArchive);

    /** Removes everything of a closed group, also its archive where that was asked. */
    void delete(GroupId group);

    /** Goes on with what a crash cut off: the unread sets of those who left, and groups that were closed. */
    void resume();
}
