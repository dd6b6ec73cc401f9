package seenby.message;

import java.util.List;

/** Messages in ascending order of id, and whether the range that was asked for has more of them. */
public record Page(List<Message> messages, boolean more) {
    public Page {
        messages = List.copyOf(messages);
    }
}
