package seenby.update;

import java.util.List;
import seenby.group.GroupId;
import seenby.message.Message;
import seenby.receipt.Nudge;

/**
 * The answer of a poll.
 *
 * @param next the {@code since} of the next poll
 * @param nudges reminders of messages that the user has not read
 * @param left groups that the user is no longer in
 * @param resync groups with older reads that were deleted
 * @param trimmed groups with messages after the position that have left Redis
 * @param more whether the next poll returns more at once
 */
public record Update(
        String next,
        List<Message> messages,
        List<Read> reads,
        List<Nudge> nudges,
        List<GroupId> left,
        List<GroupId> resync,
        List<Trimmed> trimmed,
        boolean more) {
    /** Messages continue with the oldest one in Redis. */
    public record Trimmed(GroupId group, long firstId) {}

    public Update {
        messages = List.copyOf(messages);
        reads = List.copyOf(reads);
        nudges = List.copyOf(nudges);
        left = List.copyOf(left);
        resync = List.copyOf(resync);
        trimmed = List.copyOf(trimmed);
    }

    /** Whether it has no news. */
    public boolean isEmpty() {
        return messages.isEmpty()
                && reads.isEmpty()
                && nudges.isEmpty()
                && left.isEmpty()
                && resync.isEmpty()
                && trimmed.isEmpty();
    }

    Update at(String position) {
        return new Update(position, messages, reads, nudges, left, resync, trimmed, more);
    }

    Update with(Message message) {
        return new Update(next, List.of(message), reads, nudges, left, resync, trimmed, more);
    }

    Update with(Read read) {
        return new Update(next, messages, List.of(read), nudges, left, resync, trimmed, more);
    }

    Update with(Nudge nudge) {
        return new Update(next, messages, reads, List.of(nudge), left, resync, trimmed, more);
    }

    Update with(Trimmed group) {
        return new Update(next, messages, reads, nudges, left, resync, List.of(group), more);
    }

    Update withLeft(GroupId group) {
        return new Update(next, messages, reads, nudges, List.of(group), resync, trimmed, more);
    }

    Update withResync(GroupId group) {
        return new Update(next, messages, reads, nudges, left, List.of(group), trimmed, more);
    }
}
