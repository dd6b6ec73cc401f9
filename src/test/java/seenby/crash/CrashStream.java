package seenby.crash;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import seenby.checker.History;

/** A device that reads a stream of events. It connects again with the id of the last one. */
final class CrashStream implements Runnable {
    private static final Duration BEFORE_A_RETRY = Duration.ofMillis(60);

    private final CrashFollower follower;
    private final CrashHttp http;
    private final History history;
    private final BooleanSupplier ended;
    private long begin;
    private String event = "";
    private String data = "";
    private String next = "";

    CrashStream(CrashFollower follower, CrashHttp http, History history, BooleanSupplier ended) {
        this.follower = follower;
        this.http = http;
        this.history = history;
        this.ended = ended;
    }

    @Override
    public void run() {
        while (!ended.getAsBoolean()) {
            begin = history.now();
            data = "";
            next = follower.since();
            int status = http.stream(follower.member().token(), next, this::takeLine);
            if (status > 0 && status != 200 && status != 503) {
                history.addUnexpected("%s: a stream was answered with %d".formatted(follower, status));
            }
            LockSupport.parkNanos(BEFORE_A_RETRY.toNanos());
        }
    }

    private void takeLine(String line) {
        if (line.startsWith("event: ")) {
            event = line.substring("event: ".length());
        } else if (line.startsWith("data: ")) {
            data = line.substring("data: ".length());
        } else if (line.startsWith("id: ")) {
            next = line.substring("id: ".length());
        } else if (line.isEmpty()) {
            follower.takeEvent(data.isEmpty() ? "" : event, data, history.since(begin), next);
            begin = history.now();
            data = "";
        }
    }
}
