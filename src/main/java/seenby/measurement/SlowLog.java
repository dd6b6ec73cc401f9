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

/** The commands that blocked Redis for a long time, as Redis logs them. */
public final class SlowLog {
    private static final int MOST = 10_000;

    private final Redis redis;

    /** Makes Redis log the commands that take longer than this. */
    public SlowLog(Redis redis, Duration longerThan) {
        this.redis = redis;
        String micros = Long.toString(longerThan.toNanos() / 1000);
        redis.read(jedis -> jedis.configSet("slowlog-log-slower-than", micros));
        redis.read(jedis -> jedis.configSet("slowlog-max-len", Integer.toString(MOST)));
    }

    /** A command that took long, by its name or the file of its script. */
    public record SlowCommand(String name, Duration took) {}

    /** What Redis logged since the last look. */
    public List<SlowCommand> sinceLastLook() {
        CommandArguments slowlog =
                new CommandArguments(Protocol.Command.SLOWLOG).add("GET").add(MOST);
        List<Object> noted =
                redis.read(jedis -> jedis.executeCommand(new CommandObject<>(slowlog, BuilderFactory.RAW_OBJECT_LIST)));
        redis.read(UnifiedJedis::slowlogReset);
        return Slowlog.from(noted).stream().map(SlowLog::call).toList();
    }

    private static SlowCommand call(Slowlog entry) {
        List<String> words = entry.getArgs();
        String name = words.size() > 1 ? Script.file(words.get(1)).orElse(words.get(0)) : words.get(0);
        return new SlowCommand(name, Duration.ofNanos(1000 * entry.getExecutionTime()));
    }
}
