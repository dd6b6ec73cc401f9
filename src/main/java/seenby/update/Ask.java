package seenby.update;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import seenby.group.GroupId;
import seenby.user.UserId;

/**
 * What a poll asks for.
 *
 * @param tokenHash of the token it came with; the poll ends when that is revoked
 * @param since where it stood; empty to begin with what is unread
 * @param acks cursors to move first
 * @param timeout how long it may wait for news; 0 for an answer at once
 * @param limit most messages in the answer
 */
public record Ask(
        UserId user, String tokenHash, Optional<String> since, Map<GroupId, Long> acks, Duration timeout, int limit) {}
