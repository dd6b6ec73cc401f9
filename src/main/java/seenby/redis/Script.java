package seenby.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import seenby.platform.Digest;
import seenby.refusal.Refusal;

/** The scripts, one constant for each file in {@code scripts/lua}. Only one method runs each script. */
public enum Script {
    ARCHIVE_ARM(Effect.FREES),
    ARCHIVE_COMMIT(Effect.FREES),
    ARCHIVE_COMMIT_MESSAGES(Effect.FREES),
    ARCHIVE_TAKE(Effect.FREES),
    ARCHIVE_TAKE_MESSAGES(Effect.FREES),
    ARCHIVE_TRIM(Effect.FREES),
    GROUP_CHANGE,
    GROUP_CLEAN_UNREAD(Effect.FREES),
    GROUP_CLOSE(Effect.FREES),
    GROUP_CREATE,
    GROUP_DELETE(Effect.FREES),
    GROUP_GET(Effect.READS),
    GROUP_JOIN,
    GROUP_LEAVE(Effect.FREES),
    GROUP_MEMBERS(Effect.READS),
    GROUP_PREPARE,
    GROUP_START_PERIOD,
    GROUP_UPGRADE,
    LINE_RAISE,
    MESSAGE_LIST(Effect.READS),
    MESSAGE_SEND,
    RECEIPT_ACK,
    RECEIPT_ACK_ONE,
    RECEIPT_COUNT(Effect.READS),
    RECEIPT_LIST(Effect.READS),
    RECEIPT_NUDGE,
    RECEIPT_ORIGINS(Effect.READS),
    RECEIPT_OWED(Effect.READS),
    RECEIPT_RESTORE,
    RECEIPT_TIMES(Effect.READS),
    UPDATE_NUDGES(Effect.READS),
    UPDATE_READS(Effect.READS),
    USER_CHANGE,
    USER_CLOSE,
    USER_CREATE,
    USER_DELETE,
    USER_RESERVE,
    USER_SETTLE;

    private final Effect effect;
    private final String text;
    private final String sha;

    /** What it does to the data. */
    private enum Effect {
        READS,
        WRITES,
        /** It writes to free memory, so Redis must run it when that is full. */
        FREES
    }

    Script() {
        this(Effect.WRITES);
    }

    Script(Effect effect) {
        this.effect = effect;
        String own = load(name().toLowerCase(Locale.ROOT));
        String called = Stream.of("publish", "acked_alone")
                .filter(function -> own.contains(function + "("))
                .map(function -> load("include/" + function))
                .collect(Collectors.joining());
        String free = effect == Effect.FREES ? load("include/free") : "";
        text = called + free + own;
        sha = Digest.sha1(text);
    }

    String text() {
        return text;
    }

    /** The file of the script with this hash; empty if it is not one of ours. */
    public static Optional<String> file(String sha) {
        return Arrays.stream(values())
                .filter(script -> script.sha.equals(sha))
                .map(script -> script.name().toLowerCase(Locale.ROOT) + ".lua")
                .findFirst();
    }

    /** How an argument says yes or no; {@link Reply#flag} reads it. */
    public static String flag(boolean value) {
        return value ? "1" : "0";
    }

    /** Runs a script that answers only {@code OK}. */
    public void run(Redis redis, List<String> keys, List<String> args) {
        run(redis, keys, args, reply -> true);
    }

    /** Runs it by its hash, or by its text if Redis does not know it yet (first use, restart, failover). */
    public <T> T run(Redis redis, List<String> keys, List<String> args, Function<Reply, T> reader) {
        redis.scripts().add(this);
        Function<UnifiedJedis, Object> call = jedis -> {
            try {
                return jedis.evalsha(sha, keys, args);
            } catch (JedisNoScriptException unknown) {
                return jedis.eval(text, keys, args);
            }
        };
        return Reply.read(effect == Effect.READS ? redis.read(call) : redis.write(call), reader);
    }

    /**
     * Runs it once for each item, in pipelines as {@link Redis#readEach} does. The results leave out the items that get
     * this refusal.
     */
    public <I, T> Map<I, T> runEach(
            Redis redis, List<I> items, Function<I, Call> call, Refusal absent, BiFunction<I, Reply, T> reader) {
        redis.scripts().add(this, items.size());
        List<Object> answers = answers(redis, items.stream().map(call).toList());
        Map<I, T> results = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            I item = items.get(i);
            Reply.readUnless(absent, answers.get(i), reply -> reader.apply(item, reply))
                    .ifPresent(result -> results.put(item, result));
        }
        return results;
    }

    private List<Object> answers(Redis redis, List<Call> calls) {
        try {
            return each(redis, calls, (pipeline, call) -> pipeline.evalsha(sha, call.keys(), call.args()));
        } catch (JedisNoScriptException unknown) {
            return each(redis, calls, (pipeline, call) -> pipeline.eval(text, call.keys(), call.args()));
        }
    }

    private List<Object> each(Redis redis, List<Call> calls, Redis.Command<Call, Object> command) {
        return effect == Effect.READS ? redis.readEach(calls, command) : redis.writeEach(calls, command);
    }

    /** The keys and arguments of one run. */
    public record Call(List<String> keys, List<String> args) {}

    private static String load(String file) {
        String resource = "/lua/" + file + ".lua";
        try (InputStream in = Script.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("missing in the jar: " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + resource, e);
        }
    }
}
