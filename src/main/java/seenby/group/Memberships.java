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
 * Changes to a user and its groups, which need several writes. Their order makes crashes and races harmless: first the
 * user, then its groups one by one, then the answer. A join looks at the user again afterwards, and corrects its result
 * if the user has changed. {@link #resume} finishes loops that were interrupted.
 */
public final class Memberships {
    private final Users users;
    private final Groups groups;

    public Memberships(Users users, Groups groups) {
        this.users = users;
        this.groups = groups;
    }

    /** Creates a group owned by the caller. Refuses with {@code GROUP_TAKEN}, and refuses members that are no users. */
    public Group create(GroupId id, Name name, ReceiptPolicy receipts, Caller owner, Collection<UserId> members) {
        Map<UserId, Boolean> joiners = receiptChoices(members, "members");
        joiners.remove(owner.id());
        boolean sendsReceipts =
                users.find(owner.id()).map(User::sendReadReceipts).orElse(true);
        groups.create(id, name, receipts, owner.id(), sendsReceipts);
        correct(id, List.of(owner.id()), Map.of(owner.id(), sendsReceipts));
        if (!joiners.isEmpty()) {
            join(id, owner, joiners);
        }
        return groups.get(id, owner.id());
    }

    /** Adds users. Returns those that were not members yet. Refuses a caller who may not, then ids of no user. */
    public Set<UserId> join(GroupId group, Caller caller, Collection<UserId> joiners) {
        groups.requireOwner(group, caller);
        return join(group, caller, receiptChoices(joiners, "ids"));
    }

    /** Adds a user. Returns false if it was a member. Refuses a caller who may not, then with {@code NO_USER}. */
    public boolean joinOne(GroupId group, Caller caller, Optional<UserId> joiner) {
        groups.requireOwner(group, caller);
        User user = joiner.flatMap(users::find).orElseThrow(() -> new Refused(Refusal.NO_USER));
        return !join(group, caller, Map.of(user.id(), user.sendReadReceipts())).isEmpty();
    }

    private Set<UserId> join(GroupId group, Caller caller, Map<UserId, Boolean> joiners) {
        Set<UserId> added = groups.join(group, caller, joiners);
        correct(group, joiners.keySet(), joiners);
        return added;
    }

    /** Whether each of these users sends read receipts. */
    private Map<UserId, Boolean> receiptChoices(Collection<UserId> ids, String field) {
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

    /** Undoes the join of a user that was deleted in the meantime, and applies a changed choice of read receipts. */
    private void correct(GroupId group, Collection<UserId> joined, Map<UserId, Boolean> asChosen) {
        Map<UserId, User> now = users.find(joined);
        for (UserId id : joined) {
            User user = now.get(id);
            if (user == null) {
                removeMember(group, id);
            } else if (user.sendReadReceipts() != asChosen.getOrDefault(id, true)) {
                applyChoice(group, user);
            }
        }
    }

    /** Changes a user. A new choice of read receipts also starts or ends the receipt periods in its groups. */
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

    /** Repeats until the applied choice is the current one, as it may change in the meantime. */
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

    /** Deletes a user: first its token, then its memberships. Refuses with {@code NO_USER}, {@code ADMIN_STAYS}. */
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

    /** Another instance may do the same. If a user with this id is created in the meantime, it keeps its groups. */
    private void clear(Users.Loop loop) {
        for (GroupId group : groups.idsOf(loop.user())) {
            if (users.find(loop.user()).isEmpty()) {
                removeMember(group, loop.user());
            }
        }
        users.delete(loop.user());
        users.endLoop(loop);
    }

    private void removeMember(GroupId group, UserId member) {
        try {
            passOwnership(group, member);
            groups.leave(group, Caller.SERVER, member);
        } catch (Refused refused) {
            if (refused.refusal() == Refusal.OWNER_STAYS) {
                removeMember(group, member); // it became the owner in the meantime
            } else if (refused.refusal() != Refusal.NO_MEMBER && refused.refusal() != Refusal.NO_GROUP) {
                throw refused;
            }
        }
    }

    private void passOwnership(GroupId group, UserId owner) {
        if (groups.get(group, owner).owner().equals(owner)) {
            groups.join(group, Caller.SERVER, receiptChoices(List.of(UserId.ADMIN), "owner"));
            groups.change(group, Caller.SERVER, Optional.empty(), Optional.empty(), Optional.of(UserId.ADMIN));
        }
    }

    /** Deletes a group, with or without its archive. Returns when the data is deleted. */
    public void deleteGroup(GroupId group, Caller caller, boolean withArchive) {
        groups.close(group, caller, withArchive);
        groups.delete(group);
    }

    /** Finishes work that a crash or a lost connection to Redis interrupted. */
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
