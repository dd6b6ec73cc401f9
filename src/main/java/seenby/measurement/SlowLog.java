package seenby.measurement;

import java.time.Duration;
import java.util.List;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.resps.Slowlog;
import seenby.redis.Redis;
import seenby.redis.Script;

/** Commands that have kept Redis from everyone else for long, by its own account of them. */
public final class SlowLog {
    private static final int MOST = 10_000;

    private final Redis redis;

    /** Has Redis note what takes longer than this, and nothing else. */
    public SlowLog(Redis redis, Duration longerThan) {
        this.redis = redis;
        String micros = Long.toString(longerThan.toNanos() / 1000);
        redis.call(jedis -> jedis.configSet("slowlog-log-slower-than", micros));
        redis.call(jedis -> jedis.configSet("slowlog-max-len", Integer.toString(MOST)));
    }

    /** One of them, by the file of its script or the name of its command. */
    public record Call(String name, Duration took) {}

    /** What was noted since the last look. */
    public List<Call> sinceLastLook() {
        CommandArguments slowlog =
                new CommandArguments(Protocol.Command.SLOWLOG).add("GET").add(MOST);
        List<Object> noted =
                redis.call(jedis -> jedis.executeCommand(new CommandObject<>(slowlog, BuilderFactory.RAW_OBJECT_LIST)));
        redis.call(UnifiedJedis::slowlogReset);
        return Slowlog.from(noted).stream().map(SlowLog::call).toList();
    }

    private static Call call(Slowlog entry) {
        List<String> words = entry.getArgs();
        String name = words.size() > 1 ? Script.file(words.get(1)).orElse(words.get(0)) : words.get(0);
        return new Call(name, Duration.ofNanos(1000 * entry.getExecutionTime()));
    }
}
