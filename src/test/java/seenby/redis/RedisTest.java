package seenby.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import seenby.refusal.Unavailable;
import seenby.support.TestRedis;

/** The reason that a failed command reports. */
class RedisTest {
    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private final Redis redis = Redis.at(REDIS.url());

    @AfterEach
    void close() {
        redis.close();
    }

    private String reasonOf(JedisException failure) {
        Unavailable away = assertThrows(
                Unavailable.class,
                () -> redis.read(jedis -> {
                    throw failure;
                }));
        return String.valueOf(away.getMessage());
    }

    @Test
    void theRootCauseIsTheReason() {
        JedisConnectionException failure = new JedisConnectionException("no host");
        failure.addSuppressed(new JedisConnectionException("no connection", new ConnectException("refused")));

        assertEquals("Cannot use Redis: java.net.ConnectException: refused", reasonOf(failure));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "READONLY You can't write against a read only replica.",
                "MASTERDOWN Link with MASTER is down",
                "LOADING Redis is loading the dataset in memory"
            })
    void aRedisThatMayBeReplacedIsLeft(String error) {
        long before = connection();

        reasonOf(new JedisDataException(error));

        assertNotEquals(before, connection());
    }

    @Test
    void aConnectionOutlastsARefusal() {
        long before = connection();

        reasonOf(new JedisDataException("OOM command not allowed when used memory > 'maxmemory'"));

        assertEquals(before, connection());
    }

    private long connection() {
        return redis.read(
                jedis -> (Long) jedis.executeCommand(new CommandArguments(Protocol.Command.CLIENT).add("ID")));
    }

    @Test
    void aPipelineHasABoundedLength() {
        List<Response<Long>> queued = new ArrayList<>();
        List<Integer> numbers = IntStream.rangeClosed(1, 1001).boxed().toList();
        REDIS.flush();

        List<Long> lengths = redis.readEach(numbers, (pipeline, number) -> {
            if (number > Redis.MOST_IN_PIPELINE) {
                queued.get(number - 1 - Redis.MOST_IN_PIPELINE).get(); // fails unless it is answered already
            }
            Response<Long> length = pipeline.append("text", "x");
            queued.add(length);
            return length;
        });

        assertEquals(numbers.stream().map(Integer::longValue).toList(), lengths);
    }

    @Test
    void aFailureThatContainsItselfIsItsOwnReason() {
        JedisConnectionException failure = new JedisConnectionException("end of stream");
        failure.addSuppressed(new JedisException("not returned to the pool", failure));

        assertEquals("Cannot use Redis: end of stream", reasonOf(failure));
    }
}
