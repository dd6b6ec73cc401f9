package seenby.group;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;
import seenby.refusal.Unavailable;
import seenby.user.User;
import seenby.user.UserBatches;
import seenby.user.UserDraft;
import seenby.user.UserId;
import seenby.user.Users;

/** Creates many users, or none of them. {@link Recovery} finishes what is cut off. */
public final class BatchCreation {
    private static final int MOST_NAMED = 20;

    private final Users users;
    private final UserBatches batches;

    public BatchCreation(Users users, UserBatches batches) {
        this.users = users;
        this.batches = batches;
    }

    /** Creates users whose ids differ. Refuses all of them with {@code USER_TAKEN}, which names ids. */
    public List<User> create(List<UserDraft> drafts) {
        String batch = UUID.randomUUID().toString();
        List<UserId> ids = drafts.stream().map(UserDraft::id).toList();
        List<Users.Loop> loops = users.beginLoops(ids, Users.LoopTask.batch(batch));
        List<User> reserved = batches.reserve(batch, drafts);
        boolean commit = batches.decide(batch, reserved.size() == drafts.size());
        batches.settle(batch, commit, ids);
        batches.forget(batch);
        users.endLoops(loops);
        if (reserved.size() < drafts.size()) {
            throw taken(ids, reserved);
        }
        if (!commit) {
            throw new Unavailable("Redis was so slow that the creation of " + ids.size() + " users was given up.");
        }
        return reserved;
    }

    private static Refused taken(List<UserId> ids, List<User> reserved) {
        Set<UserId> free = reserved.stream().map(User::id).collect(Collectors.toSet());
        List<UserId> taken = ids.stream().filter(id -> !free.contains(id)).toList();
        String named = taken.stream().limit(MOST_NAMED).map(UserId::value).collect(Collectors.joining(", "));
        String more = taken.size() > MOST_NAMED ? " and " + (taken.size() - MOST_NAMED) + " more" : "";
        return new Refused(
                Refusal.USER_TAKEN,
                "These ids are taken, or belonged to users that were deleted: " + named + more
                        + ". No user was created.");
    }

    /** Finishes a batch that was cut off, for one of its users. If nothing was decided, no user is made. */
    void finish(UserId id, String batch) {
        batches.settle(batch, batches.decide(batch, false), List.of(id));
    }
}
