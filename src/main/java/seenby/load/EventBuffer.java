package seenby.load;

import java.util.Arrays;
import java.util.Optional;

/** The events of a stream that have arrived. What is not a whole chunk or a whole event yet stays for the next time. */
final class EventBuffer {
    private static final int OK = 200;

    private byte[] chunks = new byte[1024];
    private int chunked;
    private byte[] data = new byte[1024];
    private int count;
    private boolean began;

    /** Whether the headers have arrived; from then on this keeps what is incomplete. */
    boolean began() {
        return began;
    }

    Optional<Response> take(byte[] bytes, int size) {
        int from = 0;
        if (!began) {
            from = ResponseHead.end(bytes, size);
            if (from < 0) {
                return Optional.empty();
            }
            require(ResponseHead.parse(bytes, from));
            began = true;
        }
        addChunks(bytes, from, size - from);
        return events();
    }

    private static void require(ResponseHead head) {
        if (head.status() != OK || head.contentLength() >= 0) {
            throw new IllegalStateException("no stream, but an answer with status " + head.status());
        }
    }

    private void addChunks(byte[] bytes, int from, int length) {
        chunks = withRoom(chunks, chunked, length);
        System.arraycopy(bytes, from, chunks, chunked, length);
        chunked += length;
        Chunks taken = new Chunks(chunks, 0, chunked);
        int unwrapped = taken.unwrap();
        data = withRoom(data, count, unwrapped);
        System.arraycopy(chunks, 0, data, count, unwrapped);
        count += unwrapped;
        System.arraycopy(chunks, taken.rest(), chunks, 0, chunked - taken.rest());
        chunked -= taken.rest();
    }

    private static byte[] withRoom(byte[] bytes, int count, int more) {
        return count + more <= bytes.length ? bytes : Arrays.copyOf(bytes, 2 * (count + more));
    }

    /** The whole events, which an empty line ends. */
    private Optional<Response> events() {
        int end = count;
        while (end > 1 && !(data[end - 1] == '\n' && data[end - 2] == '\n')) {
            end--;
        }
        if (end <= 1) {
            return Optional.empty();
        }
        byte[] events = Arrays.copyOf(data, end);
        System.arraycopy(data, end, data, 0, count - end);
        count -= end;
        return Optional.of(new Response(OK, events, 0, end));
    }
}
