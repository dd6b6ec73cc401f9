package seenby.checker;

import java.util.List;
import java.util.Set;

/**
 * One answer to a poll. Each poll of a user asks with the {@code next} of the answer before.
 *
 * @param isLast whether it is the last of the run, which has everything
 */
public record PollAnswer(
        String user,
        Span span,
        List<StoredMessage> messages,
        List<Read> reads,
        Set<String> left,
        Set<String> resync,
        boolean isLast) {
    /** A reader has read from one message to another. */
    public record Read(String group, String reader, long from, long upto) {}
}
