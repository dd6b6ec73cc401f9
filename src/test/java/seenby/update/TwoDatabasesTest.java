package seenby.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Jedis;
import seenby.support.ApiClient;
import seenby.support.ApiClient.Answer;
import seenby.support.RunningServer;

/** Two servers on two databases of one Redis, with the same ids: neither hears of the other. */
class TwoDatabasesTest {
    private static final String GROUP = "ops";

    @RegisterExtension
    static final RunningServer ZERO = new RunningServer();

    private static RunningServer one = ZERO;

    @BeforeAll
    static void startTheOther() {
        one = ZERO.another("/1");
    }

    @AfterAll
    static void stopTheOther() {
        one.stop();
    }

    private static ApiClient member(RunningServer server) {
        ApiClient bob = server.admin().newUser(Map.of("id", "bob"));
        server.admin()
                .post("/v1/groups", Map.of("id", GROUP, "members", List.of("bob")))
                .expect(201);
        return bob;
    }

    @Test
    void aMessageArrivesAlsoAfterOneOfTheSameIdInTheOtherDatabase() throws Exception {
        ApiClient bob = member(ZERO);
        member(one);
        CompletableFuture<Answer> poll = bob.polling(bob.poll("").get("next").asText(), 30);
        ZERO.awaitPolls(1);

        one.admin().send(GROUP, "in the other");
        assertThrows(TimeoutException.class, () -> poll.get(300, TimeUnit.MILLISECONDS));
        ZERO.admin().send(GROUP, "here");

        JsonNode update = poll.get(5, TimeUnit.SECONDS).expect(200).json();
        assertEquals(List.of("here"), ApiClient.each(update.get("messages"), "text"));
        assertEquals(
                List.of("sb:heartbeats@0:", "sb:heartbeats@1:", "sb:loops@0", "sb:loops@1", "sb:wakes@0", "sb:wakes@1"),
                channels());
    }

    /** Without the names of the servers. */
    private static List<String> channels() {
        try (Jedis connection = ZERO.redis().connection()) {
            return connection.pubsubChannels("sb:*").stream()
                    .map(channel -> channel.replaceAll(":[A-Za-z0-9_-]{12}$", ":"))
                    .sorted()
                    .toList();
        }
    }
}
