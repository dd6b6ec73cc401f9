package seenby.pool;

import java.net.SocketTimeoutException;
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
            "MASTERDOWN",
            "CLUSTERDOWN",
            "TRYAGAIN",
            "BUSY",
            "max number of clients",
            "NOAUTH",
            "AUTH <password>",
            "DB index is out of range");

    /** The beginning of the error message of a Redis that has as much data as its configuration allows. */
    private static final String FULL = "OOM ";

    /** Parts of error messages of a Redis that answers, and refuses every change. */
    private static final List<String> READ_ONLY = List.of("MISCONF", "READONLY", "NOREPLICAS");

    /** Parts of error messages of a Redis that may not be the one behind its address any more. */
    private static final List<String> REPLACED = List.of("LOADING", "READONLY", "MASTERDOWN");

    private RedisFailures() {}

    /** Whether a new connection may reach another Redis, which works: after a failover, the old one lives on. */
    static boolean mayBeReplaced(JedisException e) {
        return hasOne(e, REPLACED);
    }

    /** {@code Unavailable}, unless the failure is a bug of this program. */
    static RuntimeException translated(JedisException e) {
        return outage(e)
                .<RuntimeException>map(outage -> new Unavailable(outage, message(outage, e), e))
                .orElse(e);
    }

    private static Optional<Unavailable.Outage> outage(JedisException e) {
        if (message(e).contains(FULL)) {
            return Optional.of(Unavailable.Outage.FULL);
        }
        if (hasOne(e, READ_ONLY)) {
            return Optional.of(Unavailable.Outage.READ_ONLY);
        }
        boolean passes = !(e instanceof JedisDataException)
                || e instanceof JedisConnectionException
                || e instanceof JedisAccessControlException
                || hasOne(e, PASSING);
        return passes ? Optional.of(Unavailable.Outage.AWAY) : Optional.empty();
    }

    private static boolean hasOne(JedisException e, List<String> parts) {
        return parts.stream().anyMatch(message(e)::contains);
    }

    private static String message(Throwable e) {
        return String.valueOf(e.getMessage());
    }

    private static String message(Unavailable.Outage outage, JedisException e) {
        return switch (outage) {
            case AWAY -> "Cannot use Redis: " + reason(e);
            case READ_ONLY -> "Redis refuses writes: " + reason(e);
            case FULL ->
                "Redis is full: it has reached its maxmemory. Raise it, or delete groups that nobody needs. "
                        + reason(e);
        };
    }

    /** Whether Redis gave no answer in time: it may hang. */
    static boolean isTimeout(JedisException e) {
        return root(e) instanceof SocketTimeoutException;
    }

    /** The root cause: the outer exceptions of a failed connection do not say why. The pool may suppress the cause. */
    private static String reason(Throwable failure) {
        Throwable root = root(failure);
        return root instanceof JedisException ? message(root) : root.toString();
    }

    private static Throwable root(Throwable failure) {
        Set<Throwable> seen = new HashSet<>();
        Throwable reason = failure;
        Optional<Throwable> beneath = beneath(reason);
        while (beneath.isPresent() && seen.add(reason)) {
            reason = beneath.get();
            beneath = beneath(reason);
        }
        return reason;
    }

    private static Optional<Throwable> beneath(Throwable e) {
        return Optional.ofNullable(e.getCause())
                .or(() -> Stream.of(e.getSuppressed()).findFirst());
    }
}
