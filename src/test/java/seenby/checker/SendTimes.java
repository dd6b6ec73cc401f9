package seenby.checker;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** When each message of a group was stored, as far as the answers and the order of the ids tell. */
final class SendTimes {
    private final long[] earliest;
    private final long[] latest;

    /** @param attempts to send each text */
    SendTimes(List<StoredMessage> messages, Map<String, List<Operation>> attempts) {
        int size = messages.size();
        earliest = new long[size];
        latest = new long[size];
        for (int i = 0; i < size; i++) {
            List<Operation> sends = attempts.getOrDefault(messages.get(i).text(), List.of());
            earliest[i] = Math.max(i == 0 ? 0 : earliest[i - 1], begin(sends));
            latest[i] = end(sends);
        }
        for (int i = size - 2; i >= 0; i--) {
            latest[i] = Math.min(latest[i], latest[i + 1]);
        }
    }

    private static long begin(List<Operation> sends) {
        return sends.stream().mapToLong(send -> send.span().begin()).min().orElse(0);
    }

    /** The end of the first attempt that was answered. */
    static long end(List<Operation> sends) {
        return sends.stream()
                .filter(Operation::isOk)
                .mapToLong(send -> send.span().end())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** The last message that was certainly stored before, or 0. */
    long lastBefore(long time) {
        return Arrays.stream(latest).takeWhile(end -> end < time).count();
    }

    /** When the message was stored. */
    Span of(long id) {
        return new Span(earliest[(int) id - 1], latest[(int) id - 1]);
    }
}
