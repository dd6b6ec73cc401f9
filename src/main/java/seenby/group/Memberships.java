package seenby.group;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.user.Caller;
import seenby.user.Name;
import seenby.user.User;
import seenby.user.UserId;
import seenby.user.Users;

/**
 * What concerns a user and its groups, which no single write covers. The order heals what a crash or a race leaves: the
 * user's own record first, then its groups one by one, then the answer; who joins meanwhile looks at the user again and
 * mends what it did. Loops that were cut off are ended by {@link #resume}.
 */
public final class Memberships {
    private final Users users;
    private final Groups groups;

    public Memberships(Users users, Groups groups) {
        this.users = users;
        this.groups = groups;
    }

    /** Makes a group with its caller as owner. Refuses with {@code GROUP_TAKEN}, and members that are no users. */
    public Group create(GroupId id, Name name, ReceiptPolicy receipts, Caller owner, Collection<UserId> members) {
        Map<UserId, Boolean> joiners = sendingReceipts(members, "members");
        joiners.remove(owner.id());
        boolean sendsReceipts = users.find(owner.id()).map(User::sendReadReceipts).orElse(true);
        groups.create(id, name, receipts, owner.id(), sendsReceipts);
        mend(id, List.of(owner.id()), Map.of(owner.id(), sendsReceipts));
        if (!joiners.isEmpty()) {
            join(id, owner, joiners);
        }
        return groups.get(id, owner.id());
    }

    /** Adds users; answers those that were no members. Refuses who may not, and then those that are no users. */
    public Set<UserId> join(GroupId group, Caller caller, Collection<UserId> joiners) {
        groups.requireOwner(group, caller);
        return join(group, caller, sendingReceipts(joiners, "ids"));
    }

    /** Adds a user; answers whether it was no member. Refuses who may not, and then with {@code NO_USER}. */
    public boolean joinOne(GroupId group, Caller caller, Optional<UserId> joiner) {
        groups.requireOwner(group, caller);
        User user = joiner.flatMap(users::find).orElseThrow(() -> new Refused(Refusal.NO_USER));
        return !join(group, caller, Map.of(user.id(), user.sendReadReceipts())).isEmpty();
    }

    private Set<UserId> join(GroupId group, Caller caller, Map<UserId, Boolean> joiners) {
        Set<UserId> added = groups.join(group, caller, joiners);
        mend(group, joiners.keySet(), joiners);
        return added;
    }

    /** Whether each of these users sendsReceipts receipts. */
    private Map<UserId, Boolean> sendingReceipts(Collection<UserId> ids, String field) {
        Map<UserId, User> found = users.find(ids);
        List<String> unknown = ids.stream()
                .filter(id -> !found.containsKey(id))
                .map(UserId::value)
                .distinct()
                .toList();
        if (!unknown.isEmpty()) {
            throw Refused.invalid(field, "No such user: " + String.join(", ", unknown) + ".");
        }
        Map<UserId, Boolean> choices = new LinkedHashMap<>();
        found.forEach((id, user) -> choices.put(id, user.sendReadReceipts()));
        return choices;
    }

    /** Undoes a joining that a deletion overtook, and applies a choice that was changed meanwhile. */
    private void mend(GroupId group, Collection<UserId> joined, Map<UserId, Boolean> asChosen) {
        Map<UserId, User> now = users.find(joined);
        for (UserId id : joined) {
            User user = now.get(id);
            if (user == null) {
                leaveOrPassOn(group, id);
            } else if (user.sendReadReceipts() != asChosen.getOrDefault(id, true)) {
                applyChoice(group, user);
            }
        }
    }

    /** Changes the user's own record and, where its choice of receipts changes, its place in its groups. */
    public User change(UserId id, Optional<Name> name, Optional<Boolean> sendReadReceipts) {
        if (sendReadReceipts.isEmpty()) {
            return users.change(id, name, sendReadReceipts);
        }
        Users.Loop loop = users.beginLoop(id);
        try {
            User user = users.change(id, name, sendReadReceipts);
            applyChoice(id);
            users.endLoop(loop);
            return user;
        } catch (Refused refused) {
            users.endLoop(loop);
            throw refused;
        }
    }

    /** Until the choice that was applied is the one that stands: it may be changed again meanwhile. */
    private void applyChoice(UserId id) {
        Optional<User> user = users.find(id);
        while (user.isPresent()) {
            User applied = user.get();
            groups.idsOf(id).forEach(group -> applyChoice(group, applied));
            user = users.find(id).filter(now -> now.sendReadReceipts() != applied.sendReadReceipts());
        }
    }

    private void applyChoice(GroupId group, User user) {
        if (user.sendReadReceipts()) {
            groups.startPeriod(group, user.id());
        } else {
            groups.endPeriod(group, user.id());
        }
    }

    /** Deletes a user: its token first, then its places in its groups. Refuses with {@code NO_USER}, {@code ADMIN_STAYS}. */
    public void deleteUser(UserId id) {
        if (id.equals(UserId.ADMIN)) {
            throw new Refused(Refusal.ADMIN_STAYS);
        }
        if (users.find(id).isEmpty()) {
            throw new Refused(Refusal.NO_USER);
        }
        Users.Loop loop = users.beginLoop(id);
        users.close(id);
        clear(loop);
    }

    /** Another instance may be at it too, and the user be made again when it is done: that one keeps its groups. */
    private void clear(Users.Loop loop) {
        for (GroupId group : groups.idsOf(loop.user())) {
            if (users.find(loop.user()).isEmpty()) {
                leaveOrPassOn(group, loop.user());
            }
        }
        users.delete(loop.user());
        users.endLoop(loop);
    }

    private void leaveOrPassOn(GroupId group, UserId member) {
        try {
            passOn(group, member);
            groups.leave(group, Caller.SERVER, member);
        } catch (Refused refused) {
            if (refused.refusal() == Refusal.OWNER_STAYS) {
                leaveOrPassOn(group, member); // made its owner meanwhile
            } else if (refused.refusal() != Refusal.NO_MEMBER && refused.refusal() != Refusal.NO_GROUP) {
                throw refused;
            }
        }
    }

    private void passOn(GroupId group, UserId owner) {
        if (groups.get(group, owner).owner().equals(owner)) {
            groups.join(group, Caller.SERVER, sendingReceipts(List.of(UserId.ADMIN), "owner"));
            groups.change(group, Caller.SERVER, Optional.empty(), Optional.empty(), Optional.of(UserId.ADMIN));
        }
    }

    /** Deletes a group; returns when nothing of it is left but its archive, or not even that. */
    public void deleteGroup(GroupId group, Caller caller, boolean withArchive) {
        groups.close(group, caller, withArchive);
        groups.delete(group);
    }

    /** Ends what a crash, or a Redis that went away, cut off. */
    public void resume() {
        groups.resume();
        for (Users.Loop loop : users.unfinishedLoops()) {
            if (users.find(loop.user()).isPresent()) {
                applyChoice(loop.user());
                users.endLoop(loop);
            } else {
                clear(loop);
            }
        }
    }
}
