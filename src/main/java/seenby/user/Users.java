package seenby.user;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The users and their tokens. All methods treat a user that is being deleted as no user. An id is given once: nobody
 * gets the id of a deleted user, because receipts, messages and stored positions name it.
 */
public interface Users {
    /** Creates a user. Refuses with {@code USER_TAKEN}, {@code USER_DELETED}. */
    User create(UserId id, Name name, boolean admin, Token token);

    Optional<User> find(UserId id);

    /** The users with these ids. Leaves out ids of no user. */
    Map<UserId, User> find(Collection<UserId> ids);

    /** All users, sorted by id. */
    List<User> all();

    /**
     * Changes the user, not its receipt periods in its groups. The token of a user that is deactivated stops working,
     * and works again when it is activated. Refuses with {@code NO_USER}.
     */
    User change(UserId id, UserChange change);

    /**
     * The caller whose token has this hash, unless it is inactive. The answer may come from a cache, but not after the
     * token was revoked here, or a wake reported that another instance revoked it.
     */
    Optional<Caller> byToken(String hash);

    /** The same from memory alone, without a wait for the store; empty if memory cannot tell. */
    Optional<Caller> remembered(String hash);

    /** Makes this the only token of the user, and ends polls with an earlier token. Refuses with {@code NO_USER}. */
    void replaceToken(UserId id, Token token);

    /**
     * Makes this the token of the admin, unless it was the last that was applied. Returns true if it was applied now.
     */
    boolean applyConfiguredToken(Token token);

    /**
     * Starts the deletion of a user, or continues one that was cut off: revokes its token, and treats it as no user.
     * Refuses with {@code NO_USER}.
     */
    void close(UserId id);

    /** Deletes the data of a closed user. Its id stays known, so that nobody gets it again. */
    void delete(UserId id);

    /** Records that loops over the groups of these users have begun, so that they are finished if they are cut off. */
    List<Loop> beginLoops(Collection<UserId> ids, LoopTask task);

    void endLoops(List<Loop> loops);

    /** Loops that have begun and not ended. */
    List<Loop> unfinishedLoops();

    /** One loop over a user's groups. Each loop has a different mark. */
    record Loop(UserId user, LoopTask task, String mark) {}

    /**
     * What a loop does.
     *
     * @param deletion whether it deletes the user
     * @param group the one group that the user joins, if it is a join
     * @param batch the batch that creates the user, if it is a creation
     */
    record LoopTask(boolean deletion, Optional<String> group, Optional<String> batch) {
        public static final LoopTask DELETION = new LoopTask(true, Optional.empty(), Optional.empty());
        public static final LoopTask CHOICE = new LoopTask(false, Optional.empty(), Optional.empty());

        public static LoopTask join(String group) {
            return new LoopTask(false, Optional.of(group), Optional.empty());
        }

        public static LoopTask batch(String batch) {
            return new LoopTask(false, Optional.empty(), Optional.of(batch));
        }
    }
}
