package seenby.load;

import java.util.Arrays;
import java.util.Optional;

/**
 * What has arrived on a connection. Most answers arrive in one piece, and are not copied; the pieces of others are kept
 * until they are complete. So an idle connection holds no buffer.
 */
final class Inbox {
    private static final byte[] NOTHING = {};

    private final Optional<EventBuffer> events;
    private byte[] kept = NOTHING;
    private int count;

    private Inbox(Optional<EventBuffer> events) {
        this.events = events;
    }

    /** For answers that end. */
    static Inbox forAnswers() {
        return new Inbox(Optional.empty());
    }

    /** For an answer that is a stream of events. */
    static Inbox forStream() {
        return new Inbox(Optional.of(new EventBuffer()));
    }

    /** Takes what has arrived. Returns the answer, or the events so far, once there is any. */
    Optional<Response> take(byte[] bytes, int length) {
        byte[] all = bytes;
        int size = length;
        if (count > 0) {
            keep(bytes, length);
            all = kept;
            size = count;
        }
        Optional<Response> response = events.isPresent() ? events.get().take(all, size) : complete(all, size);
        if (response.isPresent() || (events.isPresent() && events.get().began())) {
            kept = NOTHING;
            count = 0;
        } else if (all == bytes) {
            keep(bytes, length);
        }
        return response;
    }

    private void keep(byte[] bytes, int length) {
        if (count + length > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(count + length, 2 * count));
        }
        System.arraycopy(bytes, 0, kept, count, length);
        count += length;
    }

    private static Optional<Response> complete(byte[] bytes, int size) {
        int body = ResponseHead.end(bytes, size);
        if (body < 0) {
            return Optional.empty();
        }
        ResponseHead head = ResponseHead.parse(bytes, body);
        if (head.contentLength() >= 0) {
            int end = body + head.contentLength();
            return size < end ? Optional.empty() : Optional.of(new Response(head.status(), bytes, body, end));
        }
        return Chunks.isComplete(bytes, body, size)
                ? Optional.of(new Response(head.status(), bytes, body, new Chunks(bytes, body, size).unwrap()))
                : Optional.empty();
    }
}
