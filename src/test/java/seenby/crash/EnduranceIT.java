package seenby.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import seenby.checker.History;

/**
 * One server goes on through mixed load and faults, and takes no more of anything in the end than at the beginning.
 * What is read is archived soon. {@code -Dendurance.seconds=3600} runs it for an hour, with a fault each minute.
 */
@Order(1) // one of the longest
class EnduranceIT {
    private static final int FAULTS = 60;
    private static final String[] SHORT_MEMORY = {
        "receipts.retention=20s", "message.retention=20s", "archive.segment_bytes=65536"
    };

    @TempDir
    private Path directory = Path.of("");

    private final long seconds = Long.getLong("endurance.seconds", 90);
    private final List<Resources> looks = new ArrayList<>();

    @Test
    @Tag("soak")
    void whatTheServerHoldsStaysTheSame() {
        History history = new History(CrashClients.USERS);
        try (Faults faults = new Faults(directory, InnerRedis.in(directory), history, 1, SHORT_MEMORY);
                CrashClients clients = new CrashClients(faults, history, 1)) {
            clients.start();
            goOn(faults, FAULTS / 3);
            look(faults);
            goOn(faults, FAULTS / 3);
            look(faults);
            goOn(faults, FAULTS / 3);
            look(faults);
            clients.end();
            faults.server().readLog();
        }
        assertTrue(looks.get(2).isNoMoreThan(looks.get(0)), looks::toString);
    }

    private void goOn(Faults faults, int count) {
        CrashServer server = faults.server();
        List<Runnable> kinds = List.of(
                server::killRedis,
                server::stopRedis,
                server::fillRedis,
                () -> server.command(Jedis::scriptFlush),
                () -> faults.http().cut());
        Random random = new Random(count);
        for (int i = 0; i < count; i++) {
            LockSupport.parkNanos(Duration.ofSeconds(seconds).toNanos() / FAULTS);
            kinds.get(random.nextInt(kinds.size())).run();
        }
        eventually(
                "ready after the faults",
                () -> faults.http().call("", "GET", "/readyz", Map.of()).status() == 200);
    }

    private void look(Faults faults) {
        Resources now = Resources.of(faults.server());
        looks.add(now);
        System.out.println("EnduranceIT: " + now);
    }
}
