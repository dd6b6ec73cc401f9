package seenby.bench;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts requests by what they are on the wire, so that no client can pass one off as another. */
final class Traffic {
    private final Map<Kind, LongAdder> requests = new EnumMap<>(Kind.class);

    Traffic() {
        for (Kind kind : Kind.values()) {
            requests.put(kind, new LongAdder());
        }
    }

    /** What a request is for. */
    enum Kind {
        POLL,
        SEND,
        ACK,
        OTHER;

        private static Kind of(String method, String path) {
            if (path.equals("/v1/updates")) {
                return POLL;
            }
            if (method.equals("POST") && path.endsWith("/messages")) {
                return SEND;
            }
            return path.endsWith("/ack") ? ACK : OTHER;
        }
    }

    void count(String method, String path) {
        requests.getOrDefault(Kind.of(method, path), new LongAdder()).increment();
    }

    long of(Kind kind) {
        return requests.getOrDefault(kind, new LongAdder()).sum();
    }

    /** Requests that are neither polls nor sends. */
    long beyond() {
        return of(Kind.ACK) + of(Kind.OTHER);
    }
}
