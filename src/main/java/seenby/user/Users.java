package seenby.user;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The users and their tokens. A user that is being deleted counts as none everywhere here, but its id stays taken
 * until nothing of it is left.
 */
public interface Users {
    /** Makes a user. Refuses with {@code USER_TAKEN}. */
    User create(UserId id, Name name, boolean admin, Token token);

    Optional<User> find(UserId id);

    /** Those of the ids that are users; one trip however many. */
    Map<UserId, User> find(Collection<UserId> ids);

    /** All users, by id. */
    List<User> all();

    /** Changes what is given of the user's own record; groups are the caller's business. Refuses with {@code NO_USER}. */
    User change(UserId id, Optional<Name> name, Optional<Boolean> sendReadReceipts);

    /**
     * Whose token has this hash; answered from memory where it can be, but never after the token was revoked here, or its
     * revocation elsewhere was heard of.
     */
    Optional<Caller> byToken(String hash);

    /** Makes this the user's only token; polls open under an earlier one end. Refuses with {@code NO_USER}. */
    void replaceToken(UserId id, Token token);

    /** Makes this the admin's token, unless it is the one that was applied last. True where it was applied. */
    boolean applyConfiguredToken(Token token);

    /** Revokes the user's token and lets it count as no user from now on. Refuses with {@code NO_USER}. */
    void close(UserId id);

    /** Removes the last of a closed user; one that was made again meanwhile stays. */
    void delete(UserId id);

    /** Notes that a loop over the user's groups has begun, so that a crash does not leave it half done. */
    Loop beginLoop(UserId id);

    void endLoop(Loop loop);

    /** Loops that were begun and not ended. */
    List<Loop> unfinishedLoops();

    /** One loop over a user's groups; another of the same user has another mark. */
    record Loop(UserId user, String mark) {}
}
