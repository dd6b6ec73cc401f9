package seenby.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.RedisClient;
import seenby.support.ApiClient;
import seenby.support.Eventually;
import seenby.support.ReceiptLists;
import seenby.support.RunningServer;

/** A running server finishes what was cut off. Each test leaves the keys as a stall of Redis would. */
class RecoveryTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared();

    private final RedisClient redis = SERVER.redis().client();
    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final ApiClient cem = SERVER.user("cem");
    private final String group = SERVER.group(ann, bob, cem);
    private final String second = SERVER.group(bob, cem);
    private final String key = "sb:user:{" + bob.id() + "}";

    @Test
    void aDeletionIsFinished() {
        ann.send(group, "one");
        redis.hset(key, Map.of("deleted", "1", "token", ""));

        recover(bob.id() + " deletion x");

        assertEquals(Set.of(key), redis.keys(key + "*"));
        assertEquals(ReceiptLists.of(List.of(), List.of(cem)), ReceiptLists.by(ann, group, 1));
        assertEquals(
                "admin", cem.get("/v1/groups/" + second).json().get("owner").asText());
        SERVER.admin().delete("/v1/users/" + bob.id()).problem(404, "not_found");
    }

    @Test
    void aDeletionThatOnlyLeftItsMarkIsFinished() {
        recover(bob.id() + " deletion x");

        bob.get("/v1/me").problem(401, "unauthorized");
        assertEquals(Map.of("deleted", "1"), redis.hgetAll(key));
        assertEquals(2, ann.get("/v1/groups/" + group).json().get("members").asInt());
    }

    @Test
    void anOptOutIsFinished() {
        ann.send(group, "one");
        redis.hset(key, "receipts", "0");

        recover(bob.id() + " x");

        assertEquals(ReceiptLists.of(List.of(), List.of(cem)), ReceiptLists.by(ann, group, 1));
        bob.get("/v1/me").expect(200);
    }

    /** The joiner's server died between the join and its second look at the user. */
    @Test
    void aMemberThatWasDeletedWhileItJoinedIsRemoved() {
        ApiClient dan = SERVER.user("dan");
        SERVER.admin().delete("/v1/users/" + dan.id()).expect(204);
        String keys = "sb:{" + group + "}:";
        redis.hset(keys + "acks", dan.id(), "0");
        redis.hset(keys + "members", dan.id(), "1 0 0");
        redis.sadd("sb:user:{" + dan.id() + "}:groups", group);

        recover(dan.id() + " x");

        assertEquals(3, ann.get("/v1/groups/" + group).json().get("members").asInt());
        assertFalse(redis.exists("sb:user:{" + dan.id() + "}:groups"));
        assertTrue(redis.hexists("sb:user:{" + dan.id() + "}", "deleted"));
    }

    /** As above, and the deletion took the group out of the index before the join wrote it again. */
    @Test
    void aMemberThatIsNotInTheIndexIsRemovedToo() {
        ApiClient dan = SERVER.user("dan");
        SERVER.admin().delete("/v1/users/" + dan.id()).expect(204);
        String keys = "sb:{" + group + "}:";
        redis.hset(keys + "acks", dan.id(), "0");
        redis.hset(keys + "members", dan.id(), "1 0 0");

        recover(dan.id() + " in " + group + " x");

        assertEquals(3, ann.get("/v1/groups/" + group).json().get("members").asInt());
        assertFalse(redis.exists("sb:user:{" + dan.id() + "}:groups"));
    }

    @Test
    void aMemberThatIsNotInItsIndexGetsItsGroup() {
        redis.srem(key + ":groups", group);

        recover(bob.id() + " in " + group + " x");

        assertEquals(2, bob.get("/v1/groups").json().get("groups").size());
    }

    @Test
    void aJoinerThatIsNoMemberIsNotInTheIndex() {
        ApiClient dan = SERVER.user("dan");
        redis.sadd("sb:user:{" + dan.id() + "}:groups", group);

        recover(dan.id() + " in " + group + " x");

        assertFalse(redis.exists("sb:user:{" + dan.id() + "}:groups"));
    }

    /** Nobody tells of the change: its server died before it could. */
    @Test
    void aServerThatStartsFinishesWhatNobodyTellsOf() {
        RunningServer other = SERVER.another();
        other.stop();
        String mark = bob.id() + " deletion x";
        redis.sadd("sb:loops", mark);

        other.start();

        assertFalse(redis.sismember("sb:loops", mark));
        other.stop();
    }

    /** Leaves the mark of a change as a server that has told the others of it, and does not end it. */
    private void recover(String mark) {
        redis.sadd("sb:loops", mark);
        redis.publish("sb:loops@0", "");
        Eventually.eventually("the change is finished", () -> !redis.sismember("sb:loops", mark));
    }
}
