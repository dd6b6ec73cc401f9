package seenby.redis;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import seenby.refusal.Unavailable;

/** Tells failures of Redis from bugs of this program. */
final class RedisFailures {
    /** Parts of error messages of a Redis that runs, but cannot do the work now or does not accept this client. */
    private static final List<String> PASSING = List.of(
            "LOADING",
            "OOM ",
            "MISCONF",
            "READONLY",
            "NOREPLICAS",
            "MASTERDOWN",
            "CLUSTERDOWN",
            "TRYAGAIN",
            "BUSY",
            "max number of clients",
            "NOAUTH",
            "AUTH <password>",
            "DB index is out of range");

    /** Parts of error messages of a Redis that may not be the one behind its address any more. */
    private static final List<String> REPLACED = List.of("LOADING", "READONLY", "MASTERDOWN");

    private RedisFailures() {}

    /** Whether a new connection may reach another Redis, which works: after a failover, the old one lives on. */
    static boolean mayBeReplaced(JedisException e) {
        return REPLACED.stream().anyMatch(String.valueOf(e.getMessage())::contains);
    }

    /** {@code Unavailable}, unless the failure is a bug of this program. */
    static RuntimeException translated(JedisException e) {
        boolean passing = !(e instanceof JedisDataException)
                || e instanceof JedisConnectionException
                || e instanceof JedisAccessControlException
                || PASSING.stream().anyMatch(String.valueOf(e.getMessage())::contains);
        return passing ? new Unavailable("Redis does not answer or refuses writes: " + reason(e), e) : e;
    }

    /** The root cause: the outer exceptions of a failed connection do not say why. The pool may suppress the cause. */
    private static String reason(Throwable failure) {
        Set<Throwable> seen = new HashSet<>();
        Throwable reason = failure;
        Optional<Throwable> beneath = beneath(reason);
        while (beneath.isPresent() && seen.add(reason)) {
            reason = beneath.get();
            beneath = beneath(reason);
        }
        return reason instanceof JedisException ? String.valueOf(reason.getMessage()) : reason.toString();
    }

    private static Optional<Throwable> beneath(Throwable e) {
        return Optional.ofNullable(e.getCause())
                .or(() -> Stream.of(e.getSuppressed()).findFirst());
    }
}
