package seenby.sweep;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.args.FlushMode;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.params.XAddParams;
import seenby.support.ApiClient;
import seenby.support.Parallel;
import seenby.support.RunningServer;
import seenby.support.Sweeps;

/** Redis finds expired keys by sampling all keys with a TTL; here very many of them expire months later. */
@Isolated("it measures delays")
class ManyTimersIT {
    private static final int MANY = 10_000;
    private static final int VERY_MANY = 100_000;
    private static final int BATCH = 2_000;
    private static final int GROUPS = 3;
    private static final Duration RETENTION = Duration.ofSeconds(4);
    private static final Duration MESSAGE_RETENTION = Duration.ofDays(90);
    private static final Duration LATE = Duration.ofSeconds(2);
    private static final Pattern SCRIPTS = Pattern.compile("cmdstat_evalsha:calls=(\\d+),usec=(\\d+)");

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer("receipts.retention=4s", "message.retention=90d");

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");

    /** Their receipts are archived, so their timers run until their messages are due. */
    private static void createOthers(int count) {
        long sentAt = Instant.now().toEpochMilli();
        for (int from = 0; from < count; from += BATCH) {
            try (AbstractPipeline pipeline = SERVER.redis().client().pipelined()) {
                for (int i = from; i < from + BATCH; i++) {
                    createOther(pipeline, "other-" + i, sentAt);
                }
            }
        }
    }

    private static void createOther(AbstractPipeline pipeline, String group, long sentAt) {
        long dueAt = sentAt + MESSAGE_RETENTION.toMillis();
        pipeline.hset(
                Sweeps.key(group, "info"),
                Map.of(
                        "incarnation",
                        "one",
                        "first_id",
                        "1",
                        "last_id",
                        "1",
                        "archived_upto",
                        "1",
                        "trimmed_upto",
                        "1",
                        "clock",
                        Long.toString(sentAt)));
        pipeline.xadd(
                Sweeps.key(group, "messages"), XAddParams.xAddParams().id(new StreamEntryID(1, 0)), fields(sentAt));
        pipeline.set(
                Sweeps.key(group, "due"),
                Long.toString(dueAt),
                SetParams.setParams().pxAt(dueAt));
        pipeline.sadd("sb:groups", group);
    }

    /** The fields in the order in which scripts read them. */
    private static Map<String, String> fields(long sentAt) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("sender", "ann");
        fields.put("sent_at", Long.toString(sentAt));
        fields.put("text", "kept");
        fields.put("receipts", "sender");
        return fields;
    }

    @AfterAll
    static void flush() {
        try (Jedis connection = SERVER.redis().connection()) {
            connection.flushAll(FlushMode.ASYNC);
        }
    }

    @Test
    void aLineIsWrittenWithinTwoSecondsAfterTheRetention() {
        writeLinesAmong(MANY);
    }

    @Test
    @Tag("soak")
    void aLineIsWrittenWithinTwoSecondsAmongVeryManyTimers() {
        writeLinesAmong(VERY_MANY);
    }

    private void writeLinesAmong(int others) {
        createOthers(others);
        List<Long> lateness = Parallel.call(GROUPS, i -> lateness());

        System.out.printf(
                "ManyTimersIT: %d other timers; lines %s ms late; %s%n", others, lateness, costOfAScan(others));
        assertTrue(lateness.stream().allMatch(late -> late <= LATE.toMillis()), lateness.toString());
    }

    private long lateness() {
        String group = SERVER.group(ann, bob);
        ann.send(group, "one");
        eventually("the message is archived", () -> Sweeps.archivedUpto(SERVER, group) == 1);
        String line = Sweeps.lines(SERVER.archive(), group, "").get(0);
        return Duration.between(time(line, "sent_at").plus(RETENTION), time(line, "archived_at"))
                .toMillis();
    }

    private static Instant time(String line, String field) {
        return Instant.parse(line.replaceFirst(".*\"" + field + "\":\"([^\"]+)\".*\\n?", "$1"));
    }

    /** Nearly all scripts that ran in this test belong to scans. */
    private static String costOfAScan(int groups) {
        try (Jedis connection = SERVER.redis().connection()) {
            Matcher scripts = SCRIPTS.matcher(connection.info("commandstats"));
            assertTrue(scripts.find());
            double micros = Double.parseDouble(scripts.group(2)) / Double.parseDouble(scripts.group(1));
            return "a scan costs Redis %.0f ms, %.1f us a group".formatted(micros * groups / 1000, micros);
        }
    }
}
