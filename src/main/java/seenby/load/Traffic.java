package seenby.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts requests by their method and path, so that no client can count one as another. */
public final class Traffic {
    private final Map<RequestType, LongAdder> requests = new EnumMap<>(RequestType.class);

    public Traffic() {
        for (RequestType type : RequestType.values()) {
            requests.put(type, new LongAdder());
        }
    }

    /** What a request is for. */
    public enum RequestType {
        POLL,
        SEND,
        ACK,
        OTHER;

        private static RequestType of(String method, String path) {
            if (path.equals("/v1/updates")) {
                return POLL;
            }
            if (method.equals("POST") && path.endsWith("/messages")) {
                return SEND;
            }
            return path.endsWith("/ack") ? ACK : OTHER;
        }
    }

    public void count(String method, String path) {
        requests.getOrDefault(RequestType.of(method, path), new LongAdder()).increment();
    }

    public long of(RequestType type) {
        return requests.getOrDefault(type, new LongAdder()).sum();
    }

    /** Requests that are neither polls nor sends. */
    public long beyond() {
        return of(RequestType.ACK) + of(RequestType.OTHER);
    }
}
