package seenby.limits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import seenby.group.GroupId;
import seenby.load.Latencies;
import seenby.load.LatencyRecorder;
import seenby.message.Draft;
import seenby.message.Messages;
import seenby.user.UserId;

/** Sends messages straight to Redis, by the script that the server uses. */
public final class RedisSends {
    private RedisSends() {}

    /** Sends from some threads at once for some time. Returns how long each send took. */
    public static Latencies run(Messages messages, String group, String sender, int threads, Duration time) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            long end = System.nanoTime() + time.toNanos();
            List<CompletableFuture<LatencyRecorder>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(CompletableFuture.supplyAsync(() -> send(messages, group, sender, end), executor));
            }
            LatencyRecorder sum = new LatencyRecorder();
            all.forEach(each -> sum.addAll(each.join()));
            return sum.latencies();
        } finally {
            executor.shutdown();
        }
    }

    private static LatencyRecorder send(Messages messages, String group, String sender, long end) {
        LatencyRecorder latencies = new LatencyRecorder();
        Draft draft = new Draft("x".repeat(100), Optional.empty());
        for (long begin = System.nanoTime(); begin < end; begin = System.nanoTime()) {
            var unused = messages.send(new GroupId(group), new UserId(sender), draft);
            latencies.add(System.nanoTime() - begin);
        }
        return latencies;
    }
}
