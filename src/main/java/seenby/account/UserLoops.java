package seenby.account;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import seenby.redis.Keys;
import seenby.redis.Redis;
import seenby.user.UserId;
import seenby.user.Users;

/** The loops over the groups of users that are in progress: a set of marks, and a channel that tells of new ones. */
final class UserLoops {
    /** The second word in the mark of a loop that deletes its user. */
    private static final String DELETION = "deletion";

    /** The second word in the mark of a join; the group follows. */
    private static final String JOIN = "in";

    /** The second word in the mark of a creation; the batch follows. */
    private static final String BATCH = "batch";

    private final Redis redis;

    UserLoops(Redis redis) {
        this.redis = redis;
    }

    List<Users.Loop> begin(Collection<UserId> ids, Users.LoopTask task) {
        String end = words(task) + UUID.randomUUID();
        List<Users.Loop> loops =
                ids.stream().map(id -> new Users.Loop(id, task, id + " " + end)).toList();
        redis.write(jedis -> jedis.sadd(Keys.LOOPS, marks(loops)));
        redis.read(jedis -> jedis.publish(redis.loops(), ""));
        return loops;
    }

    private static String words(Users.LoopTask task) {
        return task.deletion()
                ? DELETION + " "
                : task.group()
                        .map(group -> JOIN + " " + group + " ")
                        .or(() -> task.batch().map(batch -> BATCH + " " + batch + " "))
                        .orElse("");
    }

    void end(List<Users.Loop> loops) {
        redis.write(jedis -> jedis.srem(Keys.LOOPS, marks(loops)));
    }

    private static String[] marks(List<Users.Loop> loops) {
        return loops.stream().map(Users.Loop::mark).toArray(String[]::new);
    }

    List<Users.Loop> unfinished() {
        return redis.read(jedis -> jedis.smembers(Keys.LOOPS)).stream()
                .map(UserLoops::loop)
                .toList();
    }

    private static Users.Loop loop(String mark) {
        String[] words = mark.split(" ", -1);
        boolean deletion = words.length > 2 && words[1].equals(DELETION);
        return new Users.Loop(
                new UserId(words[0]),
                new Users.LoopTask(deletion, wordAfter(JOIN, words), wordAfter(BATCH, words)),
                mark);
    }

    private static Optional<String> wordAfter(String kind, String... words) {
        return words.length > 2 && words[1].equals(kind) ? Optional.of(words[2]) : Optional.empty();
    }
}
