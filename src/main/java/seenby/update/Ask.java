package seenby.update;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import seenby.group.GroupId;
import seenby.user.UserId;

/**
 * What a poll asks for.
 *
 * @param tokenHash of the token it came with; the poll ends when that is revoked
 * @param timeout how long it may wait for news; 0 for an answer at once
 * @param limit most messages in the answer
 * @param left groups it wrongly took itself to be in, to be told in the answer
 */
public record Ask(
        UserId user, String tokenHash, Optional<String> since, Duration timeout, int limit, Set<GroupId> left) {}
