package seenby.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;
import seenby.support.ApiClient;
import seenby.support.Eventually;
import seenby.support.ReceiptLists;
import seenby.support.RunningServer;

/** A start finishes what a crashed server began. Each test leaves the keys as the crash would. */
class ResumeIT {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    private final RedisClient redis = SERVER.redis().client();
    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final ApiClient cem = SERVER.user("cem");
    private final String group = SERVER.group(ann, bob, cem);
    private final String second = SERVER.group(bob, cem);

    @Test
    void deletionOfAUserIsFinished() {
        ann.send(group, "one");
        redis.hset("sb:user:{" + bob.id() + "}", Map.of("deleted", "1", "token", ""));
        redis.sadd("sb:loops", bob.id());

        SERVER.restart();

        bob.get("/v1/me").problem(401, "unauthorized");
        assertEquals(ReceiptLists.of(List.of(), List.of(cem)), ReceiptLists.by(ann, group, 1));
        assertEquals(
                "admin", cem.get("/v1/groups/" + second).json().get("owner").asText());
        assertEquals(2, cem.get("/v1/groups/" + second).json().get("members").asLong());
        assertEquals(Map.of("deleted", "1"), redis.hgetAll("sb:user:{" + bob.id() + "}"));
        assertFalse(redis.exists("sb:user:{" + bob.id() + "}:groups"));
        assertFalse(redis.exists("sb:loops"));
        SERVER.admin().post("/v1/users", Map.of("id", bob.id())).problem(409, "conflict");
    }

    @Test
    void deletionOfAUserIsFinishedEvenIfTheUserRecordIsDeleted() {
        redis.del("sb:user:{" + bob.id() + "}");
        redis.sadd("sb:loops", bob.id());

        SERVER.restart();

        assertEquals(
                "admin", cem.get("/v1/groups/" + second).json().get("owner").asText());
        assertEquals(2, ann.get("/v1/groups/" + group).json().get("members").asLong());
        assertFalse(redis.exists("sb:loops"));
    }

    @Test
    void workInterruptedByALossOfRedisIsFinishedWhenItIsBack() {
        redis.hset("sb:user:{" + bob.id() + "}", Map.of("deleted", "1", "token", ""));
        redis.sadd("sb:loops", bob.id());

        try (Jedis connection = new Jedis(SERVER.redis().url())) {
            connection.clientKill(ClientKillParams.clientKillParams().type(ClientType.PUBSUB));
        }

        Eventually.eventually(
                "the deletion is finished",
                () -> !redis.exists("sb:user:{" + bob.id() + "}:groups") && !redis.exists("sb:loops"));
        assertEquals(
                "admin", cem.get("/v1/groups/" + second).json().get("owner").asText());
    }

    @Test
    void optOutIsFinished() {
        ann.send(group, "one");
        cem.send(second, "one");
        redis.hset("sb:user:{" + bob.id() + "}", "receipts", "0");
        redis.sadd("sb:loops", bob.id());

        SERVER.restart();

        assertEquals(ReceiptLists.of(List.of(), List.of(cem)), ReceiptLists.by(ann, group, 1));
        assertEquals(ReceiptLists.of(List.of(), List.of()), ReceiptLists.by(cem, second, 1));
        assertFalse(redis.exists("sb:loops"));
    }

    @Test
    void endOfAnOptOutIsFinished() {
        bob.patch("/v1/me", Map.of("send_read_receipts", false)).expect(200);
        redis.hset("sb:user:{" + bob.id() + "}", "receipts", "1");
        redis.sadd("sb:loops", bob.id());

        SERVER.restart();

        ann.send(group, "one");
        assertEquals(ReceiptLists.of(List.of(), List.of(bob, cem)), ReceiptLists.by(ann, group, 1));
    }

    @Test
    void deletionOfAGroupIsFinished() {
        for (int i = 0; i < 3; i++) {
            ann.send(group, "hi");
        }
        redis.del("sb:{" + group + "}:acks", "sb:{" + group + "}:unread:1");
        redis.hset("sb:{" + group + "}:info", "deleting", "1");

        SERVER.restart();

        assertEquals(Set.of(), redis.keys("*{" + group + "}*"));
        assertFalse(redis.sismember("sb:groups", group));
        assertFalse(redis.sismember("sb:user:{" + cem.id() + "}:groups", group));
        ann.post("/v1/groups", Map.of("id", group)).expect(201);
    }

    @Test
    void cleanupAfterAMemberLeftIsFinished() {
        for (int i = 0; i < 3; i++) {
            ann.send(group, "hi");
        }
        String key = "sb:{" + group + "}:";
        String ordinal = redis.hget(key + "ordinals", bob.id());
        redis.hset(key + "spells", ordinal, bob.id() + " 0 0");
        redis.hset(key + "leaving", ordinal, "2 3");
        redis.srem(key + "unread:1", ordinal);
        redis.hincrBy(key + "left", "1", 1);
        redis.srem(key + "roster", ordinal);
        List.of("ordinals", "acks", "members").forEach(hash -> redis.hdel(key + hash, bob.id()));
        assertEquals(ReceiptLists.of(List.of(), List.of(cem)), ReceiptLists.by(ann, group, 3));

        SERVER.restart();

        assertFalse(redis.exists(key + "leaving"));
        for (long id = 1; id <= 3; id++) {
            assertFalse(redis.sismember(key + "unread:" + id, ordinal));
            assertEquals(ReceiptLists.of(List.of(), List.of(cem)), ReceiptLists.by(ann, group, id));
        }
    }
}
