package seenby.update;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import seenby.group.GroupId;
import seenby.user.UserId;

/**
 * The request of a poll.
 *
 * @param tokenHash hash of its token; the poll ends when the token is revoked
 * @param since the position to continue from; empty to start with the unread messages
 * @param acks cursors to move before the poll
 * @param timeout how long it may wait for news; 0 to answer at once
 * @param limit most messages in the answer
 */
public record Ask(
        UserId user, String tokenHash, Optional<String> since, Map<GroupId, Long> acks, Duration timeout, int limit) {
    /** The same with another object for the position. */
    Ask withSince(Optional<String> same) {
        return new Ask(user, tokenHash, same, acks, timeout, limit);
    }

    /** The same, answered at once. */
    public Ask atOnce() {
        return new Ask(user, tokenHash, since, acks, Duration.ZERO, limit);
    }
}
