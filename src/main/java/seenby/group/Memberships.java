package seenby.group;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.refusal.Unavailable;
import seenby.user.Caller;
import seenby.user.Name;
import seenby.user.User;
import seenby.user.UserChange;
import seenby.user.UserId;
import seenby.user.Users;

/**
 * Changes to users and groups, which need several writes. Their order makes crashes and races harmless: first the user,
 * then its groups one by one, then the answer. A join looks at the user again afterwards, and corrects its result if
 * the user has changed. {@link Recovery} finishes what is cut off.
 */
public final class Memberships {
    private static final Logger LOG = LoggerFactory.getLogger(Memberships.class);

    private final Users users;
    private final Groups groups;
    private final GroupLimits limits;
    private final UserChanges changes;

    /** Whether a change of a group may be half done, because Redis did not answer. */
    private final AtomicBoolean groupCutOff = new AtomicBoolean();

    public Memberships(Users users, Groups groups, GroupLimits limits) {
        this.users = users;
        this.groups = groups;
        this.limits = limits;
        this.changes = new UserChanges(users);
    }

    /**
     * Creates a group owned by the caller with all members, or none. Refuses members that are no users, then with
     * {@code GROUP_TAKEN}.
     */
    public Group create(GroupId id, Name name, ReceiptPolicy receipts, Caller owner, Collection<UserId> members) {
        Map<UserId, Boolean> choices = new LinkedHashMap<>();
        choices.put(owner.id(), users.find(owner.id()).map(User::owesReceipts).orElse(true));
        receiptChoices(members, "members").forEach(choices::putIfAbsent);
        limits.requireRoom(groups, id, choices.keySet());
        recordedJoin(id, choices, () -> {
            groups.create(id, name, receipts, owner.id(), choices);
            return choices.keySet();
        });
        return groups.get(id, owner.id());
    }

    /** Adds users. Returns those that were not members yet. Refuses a caller who may not, then ids of no user. */
    public Set<UserId> join(GroupId group, Caller caller, Collection<UserId> joiners) {
        groups.requireOwner(group, caller);
        Map<UserId, Boolean> choices = receiptChoices(joiners, "ids");
        limits.requireRoom(groups, group, caller, choices.keySet());
        return choices.isEmpty() ? Set.of() : recordedJoin(group, choices, () -> groups.join(group, caller, choices));
    }

    /** Adds a user. Returns false if it was a member. Refuses a caller who may not, then with {@code NO_USER}. */
    public boolean joinOne(GroupId group, Caller caller, Optional<UserId> joiner) {
        groups.requireOwner(group, caller);
        User user = joiner.flatMap(users::find).orElseThrow(() -> new Refused(Refusal.NO_USER));
        Map<UserId, Boolean> choice = Map.of(user.id(), user.owesReceipts());
        limits.requireRoom(groups, group, caller, choice.keySet());
        return !recordedJoin(group, choice, () -> groups.join(group, caller, choice))
                .isEmpty();
    }

    private Set<UserId> recordedJoin(GroupId group, Map<UserId, Boolean> choices, Supplier<Set<UserId>> join) {
        return changes.recorded(choices.keySet(), Users.LoopTask.join(group.value()), () -> {
            Set<UserId> added = join.get();
            correct(group, choices.keySet(), choices);
            return added;
        });
    }

    /** Whether each of these users owes receipts. */
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
        found.forEach((id, user) -> choices.put(id, user.owesReceipts()));
        return choices;
    }

    /** Undoes the join of a user that was deleted in the meantime, and applies a changed choice of read receipts. */
    private void correct(GroupId group, Collection<UserId> joined, Map<UserId, Boolean> asChosen) {
        Map<UserId, User> now = users.find(joined);
        for (UserId id : joined) {
            User user = now.get(id);
            if (user == null) {
                removeMember(group, id);
            } else if (user.owesReceipts() != asChosen.getOrDefault(id, true)) {
                applyChoice(group, user);
            }
        }
    }

    /**
     * Changes a user. If it owes receipts after that and not before, receipt periods begin in its groups. In the
     * opposite case they end. Refuses with {@code NO_USER}, {@code ADMIN_STAYS}.
     */
    public User change(UserId id, UserChange change) {
        if (id.equals(UserId.ADMIN) && !change.active().orElse(true)) {
            throw new Refused(Refusal.ADMIN_STAYS);
        }
        if (!change.concernsReceipts()) {
            return users.change(id, change);
        }
        return changes.recorded(List.of(id), Users.LoopTask.CHOICE, () -> {
            User user = users.change(id, change);
            applyChoice(id);
            return user;
        });
    }

    /** Repeats until the applied choice is the current one, as it may change in the meantime. */
    private void applyChoice(UserId id) {
        Optional<User> user = users.find(id);
        while (user.isPresent()) {
            User applied = user.get();
            groups.idsOf(id).forEach(group -> applyChoice(group, applied));
            user = users.find(id).filter(now -> now.owesReceipts() != applied.owesReceipts());
        }
    }

    private void applyChoice(GroupId group, User user) {
        if (user.owesReceipts()) {
            groups.startPeriod(group, user.id());
        } else {
            groups.endPeriod(group, user.id());
        }
    }

    /**
     * Deletes a user: first its token, then its memberships. A call for a user whose deletion was cut off goes on with
     * it. Refuses with {@code NO_USER}, {@code ADMIN_STAYS}.
     */
    public void deleteUser(UserId id) {
        if (id.equals(UserId.ADMIN)) {
            throw new Refused(Refusal.ADMIN_STAYS);
        }
        List<Users.Loop> loops = changes.begin(List.of(id), Users.LoopTask.DELETION);
        try {
            users.close(id);
        } catch (Refused none) {
            users.endLoops(loops);
            throw none;
        }
        clear(id);
        users.endLoops(loops);
    }

    /**
     * Finishes changes of a user's groups that were cut off. Another instance may do the same. A join that was cut off
     * before it wrote the index would leave a member that nobody finds, so the index of its group comes first.
     */
    void finish(UserId id, Collection<Users.LoopTask> tasks) {
        tasks.stream()
                .flatMap(task -> task.group().stream())
                .forEach(group -> groups.correctIndex(new GroupId(group), id));
        if (tasks.stream().noneMatch(Users.LoopTask::deletion) && users.find(id).isPresent()) {
            applyChoice(id);
            return;
        }
        try {
            users.close(id);
        } catch (Refused deleted) {
            LOG.debug("User {} is deleted already.", id);
        }
        clear(id);
    }

    private void clear(UserId id) {
        groups.idsOf(id).forEach(group -> removeMember(group, id));
        users.delete(id);
    }

    /** Removes a member, as {@link Groups#leave} does. */
    public void leave(GroupId group, Caller caller, UserId member) {
        noticed(() -> groups.leave(group, caller, member));
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
        noticed(() -> {
            groups.close(group, caller, withArchive);
            groups.delete(group);
        });
    }

    private void noticed(Runnable change) {
        try {
            change.run();
        } catch (Unavailable cutOff) {
            groupCutOff.set(true);
            throw cutOff;
        }
    }

    /** Whether a change of users has begun here since the last call. */
    boolean takeBegun() {
        return changes.takeBegun();
    }

    /** Finishes the changes of groups that were cut off here, if any. */
    void finishGroups() {
        if (groupCutOff.getAndSet(false)) {
            noticed(groups::resume);
        }
    }
}
