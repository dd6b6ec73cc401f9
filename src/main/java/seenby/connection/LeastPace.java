package seenby.connection;

import java.time.Duration;
import seenby.platform.HeapShare;

/**
 * How slow a client may be, and what slow clients may cost.
 *
 * @param headers the headers of a request arrive within this time after their first byte
 * @param body a whole body arrives within this time after its headers
 * @param answer every answer may take this long
 * @param bytesPerSecond for each so many bytes of an answer, one second more
 * @param budgetBytes bytes of bodies that are not complete, and of answers that are not sent, of all clients together
 */
public record LeastPace(Duration headers, Duration body, Duration answer, long bytesPerSecond, long budgetBytes) {
    private static final Duration HEADERS = Duration.ofSeconds(10);
    private static final Duration BODY = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final long BYTES_PER_SECOND = 4096;

    /** The pace of a server. Its budget is an eighth of the memory that Java may use. */
    public static LeastPace standard() {
        return new LeastPace(HEADERS, BODY, ANSWER, BYTES_PER_SECOND, HeapShare.bytes(8, Long.MAX_VALUE));
    }

    /** How long an answer with this many bytes may take, from the moment when the client first takes no more. */
    Duration answer(long bytes) {
        return answer.plusMillis(bytes * 1000 / bytesPerSecond);
    }
}
