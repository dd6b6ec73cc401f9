package seenby.checker;

import java.util.List;
import java.util.Set;

/**
 * One answer to a poll, or one event of a stream. Each poll asks with the {@code next} of the answer before.
 *
 * @param device of the user; each follows the updates on its own
 * @param isLast whether it is the last of the run, which has everything
 */
public record PollAnswer(
        String user,
        String device,
        Span span,
        List<StoredMessage> messages,
        List<Read> reads,
        Set<String> left,
        Set<String> resync,
        boolean isLast) {
    /** A reader has read from one message to another. */
    public record Read(String group, String reader, long from, long upto) {}
}
