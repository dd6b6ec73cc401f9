package seenby.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import seenby.platform.Digest;

/** The scripts, one constant a file of {@code scripts/lua}; each is run by one method of one class only. */
public enum Script {
    ARCHIVE_ARM,
    ARCHIVE_COMMIT,
    ARCHIVE_COMMIT_MESSAGES,
    ARCHIVE_TAKE,
    ARCHIVE_TAKE_MESSAGES,
    ARCHIVE_TRIM,
    GROUP_CHANGE,
    GROUP_CLOSE,
    GROUP_CREATE,
    GROUP_ERASE,
    GROUP_JOIN,
    GROUP_LEAVE,
    GROUP_LOOK,
    GROUP_MEMBERS,
    GROUP_OWE,
    GROUP_TIDY,
    MESSAGE_LIST,
    MESSAGE_SEND,
    RECEIPT_ACK,
    RECEIPT_ACK_ONE,
    RECEIPT_COUNT,
    RECEIPT_LIST,
    RECEIPT_NUDGE,
    RECEIPT_TIMES,
    UPDATE_NUDGES,
    UPDATE_READS,
    USER_CHANGE,
    USER_CREATE,
    USER_ERASE;

    private final String text;
    private final String sha;

    Script() {
        text = load("/lua/" + name().toLowerCase(Locale.ROOT) + ".lua");
        sha = Digest.sha1(text);
    }

    String text() {
        return text;
    }

    /** The file of the script with this hash, or nothing where it is none of ours. */
    public static Optional<String> file(String sha) {
        return Arrays.stream(values())
                .filter(script -> script.sha.equals(sha))
                .map(script -> script.name().toLowerCase(Locale.ROOT) + ".lua")
                .findFirst();
    }

    /** Runs it by its hash, and by its text where Redis does not know it yet (first use, restart, failover). */
    Reply run(Redis redis, List<String> keys, List<String> args) {
        return Reply.of(redis.call(jedis -> {
            try {
                return jedis.evalsha(sha, keys, args);
            } catch (JedisNoScriptException unknown) {
                return jedis.eval(text, keys, args);
            }
        }));
    }

    /** Runs it once for each item in one trip, and answers what it said, refusals among it. */
    List<Object> runEach(Redis redis, List<Call> calls) {
        try {
            return redis.each(calls, (pipeline, call) -> pipeline.evalsha(sha, call.keys(), call.args()));
        } catch (JedisNoScriptException unknown) {
            return redis.each(calls, (pipeline, call) -> pipeline.eval(text, call.keys(), call.args()));
        }
    }

    /** What one run of a script is given. */
    record Call(List<String> keys, List<String> args) {}

    private static String load(String resource) {
        try (InputStream in = Script.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + resource, e);
        }
    }
}
