package seenby.message;

import java.util.List;

/**
 * Messages in ascending order of id.
 *
 * @param more whether the requested range has more messages
 * @param firstId the oldest message of the group in Redis; older ones are in the archive
 */
public record Page(List<Message> messages, boolean more, long firstId) {
    public Page {
        messages = List.copyOf(messages);
    }
}
