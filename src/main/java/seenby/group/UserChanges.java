package seenby.group;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import seenby.refusal.Refused;
import seenby.user.UserId;
import seenby.user.Users;

/** Changes of users in their groups. Each is recorded while it is under way, so that {@link Recovery} can finish it. */
final class UserChanges {
    private final Users users;
    private final AtomicBoolean begun = new AtomicBoolean();

    UserChanges(Users users) {
        this.users = users;
    }

    /** Makes a change in the groups of these users. If it is cut off, it stays recorded. */
    <T> T recorded(Collection<UserId> ids, Users.LoopTask task, Supplier<T> change) {
        List<Users.Loop> loops = begin(ids, task);
        try {
            T result = change.get();
            users.endLoops(loops);
            return result;
        } catch (Refused refused) {
            users.endLoops(loops);
            throw refused;
        }
    }

    List<Users.Loop> begin(Collection<UserId> ids, Users.LoopTask task) {
        try {
            return users.beginLoops(ids, task);
        } finally {
            begun.set(true); // also if Redis did not answer: it may have done it
        }
    }

    /** Whether a change of users has begun here since the last call. */
    boolean takeBegun() {
        return begun.getAndSet(false);
    }
}
