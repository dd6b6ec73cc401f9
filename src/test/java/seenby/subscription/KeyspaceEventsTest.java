package seenby.subscription;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import seenby.redis.Redis;
import seenby.support.TestRedis;

/** The server adds the event flags that it needs and keeps those that are set. */
class KeyspaceEventsTest {
    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final String SETTING = "notify-keyspace-events";

    private final RedisClient client = REDIS.client();
    private final Jedis connection = REDIS.connection();

    @AfterEach
    void reset() {
        client.configSet(SETTING, "Ex");
        connection.close();
    }

    @ParameterizedTest
    @CsvSource({"'',Ex", "Ex,Ex", "KA,KAE", "Kg,KgEx", "KEg,KEgx", "Kx,KxE", "EA,EA"})
    void flagsAreMerged(String before, String after) {
        assertEquals(after, KeyspaceEvents.merged(before));
    }

    @Test
    void existingFlagsStaySet() {
        client.configSet(SETTING, "Klg");

        try (Redis redis = Redis.at(REDIS.url())) {
            new KeyspaceEvents(redis).enable();
        }

        String flags = client.configGet(SETTING).getOrDefault(SETTING, "");
        assertEquals(
                "EKglx",
                flags.chars()
                        .sorted()
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
    }

    @Test
    void aRefusedConfigCommandIsIgnored() {
        client.configSet(SETTING, "");
        connection.aclSetUser("plain", "on", ">secret", "~*", "&*", "+@all", "-config");
        URI at = REDIS.url();
        URI plainUser = URI.create("redis://plain:secret@" + at.getHost() + ":" + at.getPort());

        try (Redis redis = Redis.at(plainUser)) {
            KeyspaceEvents events = new KeyspaceEvents(redis);
            events.enable();
            events.enable();
        } finally {
            connection.aclDelUser("plain");
        }

        assertEquals("", client.configGet(SETTING).get(SETTING));
    }
}
