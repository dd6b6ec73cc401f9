package seenby.update;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.group.ClockWarning;
import seenby.group.GroupId;
import seenby.group.GroupState;
import seenby.group.ReceiptPolicy;
import seenby.message.Draft;
import seenby.redis.Redis;
import seenby.redis.RedisGroups;
import seenby.redis.RedisMessages;
import seenby.support.TestRedis;
import seenby.user.Name;
import seenby.user.UserId;

/** Which pages are kept for other polls. */
class SharedLookTest {
    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final UserId ANN = new UserId("ann");
    private static final GroupId GROUP = new GroupId("ops");

    private final Redis redis = Redis.at(REDIS.url());
    private final RedisGroups groups = new RedisGroups(redis, Clock.systemUTC(), (of, incarnation) -> {});
    private final RedisMessages messages =
            new RedisMessages(redis, Clock.systemUTC(), new ClockWarning(), Duration.ofDays(1), Duration.ofDays(7));
    private final SharedLook look = new SharedLook(messages);

    @BeforeEach
    void createGroup() {
        REDIS.flush();
        groups.create(GROUP, new Name("Ops"), ReceiptPolicy.SENDER, ANN, Map.of(ANN, true));
        send();
    }

    @AfterEach
    void close() {
        redis.close();
    }

    private void send() {
        messages.send(GROUP, ANN, new Draft("text", Optional.empty()));
    }

    private int found(GroupState group) {
        return look.messages(group, 0, 100).messages().size();
    }

    @Test
    void aPageThatEndsBeforeWhatWasAskedIsNotKept() {
        GroupState now = groups.get(GROUP, ANN).state();
        GroupState ahead = new GroupState(GROUP, now.incarnation(), now.seq(), now.receipts(), 1, 2, 0, 0);
        assertEquals(1, found(ahead));

        send();

        assertEquals(2, found(ahead));
    }

    @Test
    void aWholePageIsReadOnce() {
        GroupState group = groups.get(GROUP, ANN).state();
        assertEquals(1, found(group));
        REDIS.client().del("sb:{ops}:messages");

        assertEquals(1, found(group));
    }
}
