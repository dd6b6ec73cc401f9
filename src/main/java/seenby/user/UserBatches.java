package seenby.user;

import java.util.Collection;
import java.util.List;

/**
 * Batches of users that are created together. An id that is reserved is taken, but no user yet. A decision, which is
 * made once, says for all of a batch whether they become users. So a batch that is cut off anywhere can be finished.
 */
public interface UserBatches {
    /** Reserves the ids of these users. Returns the users, without those whose ids are taken or were ever given. */
    List<User> reserve(String batch, List<UserDraft> drafts);

    /** Decides for a batch, unless that was done before. Returns whether its users are to be made. */
    boolean decide(String batch, boolean commit);

    /** Carries out a decision for these users of a batch. May be repeated. */
    void settle(String batch, boolean commit, Collection<UserId> ids);

    /** Forgets a batch that is carried out for all its users. */
    void forget(String batch);
}
