package seenby.checker;

import java.util.List;
import java.util.Set;

/**
 * One answer to a poll, or one event of a stream. Each poll asks with the {@code next} of the answer before.
 *
 * @param device of the user; each follows the updates on its own
 */
public record PollAnswer(
        String user,
        String device,
        Span span,
        List<StoredMessage> messages,
        List<Read> reads,
        Set<String> left,
        Set<String> resync,
        Kind kind) {
    /** How it was asked for. */
    public enum Kind {
        AT_ONCE,
        WAITING,
        /** An event of a stream. */
        EVENT,
        /** At once, as the last of the run: it has everything. */
        LAST
    }

    /** A reader has read from one message to another. */
    public record Read(String group, String reader, long from, long upto) {}

    boolean isLast() {
        return kind == Kind.LAST;
    }

    /**
     * It must have all reads whose acks were answered until then. One that waited may go by what the server has heard,
     * which is late where a subscription has fallen silent.
     */
    long hasReadsUntil() {
        return switch (kind) {
            case AT_ONCE -> span.begin();
            case WAITING -> messages.isEmpty() ? 0 : span.begin() - PollRules.LATE;
            case EVENT, LAST -> 0;
        };
    }
}
