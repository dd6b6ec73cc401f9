package seenby.measurement;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import seenby.redis.Redis;

/**
 * What Redis has done since its start.
 *
 * @param scripts scripts that were run
 * @param commands all commands, those inside scripts too
 */
public record RedisUsage(Duration cpu, long scripts, long commands) {
    private static final double NANOS = 1e9;
    private static final String VERSION = "redis_version:";

    public static RedisUsage of(Redis redis) {
        String info = redis.read(jedis -> jedis.info("all"));
        double seconds = number(info, "used_cpu_user:([0-9.]+)") + number(info, "used_cpu_sys:([0-9.]+)");
        return new RedisUsage(
                Duration.ofNanos((long) (seconds * NANOS)),
                (long) (number(info, "cmdstat_evalsha:calls=(\\d+)") + number(info, "cmdstat_eval:calls=(\\d+)")),
                (long) number(info, "total_commands_processed:(\\d+)"));
    }

    public static String version(Redis redis) {
        String info = redis.read(jedis -> jedis.info("server"));
        return info.lines()
                .filter(line -> line.startsWith(VERSION))
                .map(line -> line.substring(VERSION.length()))
                .findFirst()
                .orElse("of an unknown version");
    }

    private static double number(String info, String pattern) {
        Matcher matcher = Pattern.compile("(?m)^" + pattern).matcher(info);
        return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
    }

    RedisUsage since(RedisUsage before) {
        return new RedisUsage(cpu.minus(before.cpu), scripts - before.scripts, commands - before.commands);
    }
}
