package seenby.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.params.XTrimParams;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** Reads in polls when there are very many of them, or when old ones were deleted. */
class PollManyReadsTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared();

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final ApiClient cem = SERVER.user("cem");

    @Test
    void deletedReadsAreReportedInResync() {
        String group = SERVER.group(ann, bob, cem);
        send(group, 2);
        String since = next(ann.poll(""));
        bob.ack(group, 1);
        bob.ack(group, 2);
        cem.ack(group, 2);
        trimReads(group, 1);

        JsonNode update = ann.poll(since);

        assertEquals(List.of(group), ApiClient.texts(update.get("resync")));
        assertEquals(List.of(cem.id()), ApiClient.each(update.get("reads"), "reader"));
        JsonNode later = ann.poll(next(update));
        assertEquals(0, later.get("resync").size() + later.get("reads").size());
    }

    /** The deleted reads are of messages by others, so this sender has missed none. */
    @Test
    void aSenderWhoKeepsPollingGetsNoResync() {
        String group = SERVER.group(ann, bob, cem);
        send(group, 1);
        String since = next(ann.poll(""));
        for (int id = 2; id < 6; id++) {
            bob.send(group, "not ann's");
            cem.ack(group, id);
            since = next(ann.poll(since));
        }
        send(group, 1);
        since = next(ann.poll(since));
        trimReads(group, 0);
        cem.ack(group, 6);

        JsonNode update = ann.poll(since);

        assertEquals(List.of("6"), ApiClient.each(update.get("reads"), "upto"));
        assertEquals(0, update.get("resync").size());
    }

    @Test
    void anAnswerOverOneMebibyteIsCutAlsoInItsReads() {
        String group = SERVER.group(ann, bob);
        send(group, 1);
        String since = next(ann.poll(""));
        addReads(group, 20_000);
        int got = 0;

        JsonNode update = ann.poll(since);
        while (update.get("reads").size() > 0) {
            assertTrue(update.toString().length() < 1_300_000, () -> "the answer is too long");
            got += update.get("reads").size();
            assertEquals(got < 20_000, update.get("more").asBoolean());
            update = ann.poll(next(update));
        }

        assertEquals(20_000, got);
    }

    /** Writes as many reads as if bob had acked that often. */
    private void addReads(String group, int count) {
        try (var pipeline = SERVER.redis().client().pipelined()) {
            for (int i = 1; i <= count; i++) {
                Map<String, String> read = new LinkedHashMap<>();
                read.put("reader", bob.id());
                read.put("from", "1");
                read.put("upto", "1");
                read.put("at", "1700000000000");
                read.put("senders", ann.id());
                pipeline.xadd(
                        "sb:{" + group + "}:reads",
                        read,
                        XAddParams.xAddParams().id(i, 0));
            }
            pipeline.hset("sb:{" + group + "}:heard", ann.id(), Integer.toString(count));
            pipeline.hset("sb:{" + group + "}:info", "last_read", Integer.toString(count));
            pipeline.sync();
        }
    }

    private static void trimReads(String group, long kept) {
        SERVER.redis()
                .client()
                .xtrim("sb:{" + group + "}:reads", XTrimParams.xTrimParams().maxLen(kept));
    }

    private void send(String group, int count) {
        IntStream.range(0, count).forEach(i -> ann.send(group, "text " + i));
    }

    private static String next(JsonNode update) {
        return update.get("next").asText();
    }
}
