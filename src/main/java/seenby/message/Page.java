package seenby.message;

import java.util.List;

/**
 * Messages in ascending order of id.
 *
 * @param more whether the range that was asked for has more of them
 * @param firstId the oldest message that the group keeps; those before are in its archive
 */
public record Page(List<Message> messages, boolean more, long firstId) {
    public Page {
        messages = List.copyOf(messages);
    }
}
