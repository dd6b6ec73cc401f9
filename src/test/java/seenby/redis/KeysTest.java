package seenby.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;
import seenby.group.GroupId;
import seenby.group.ReceiptPolicy;
import seenby.support.TestRedis;
import seenby.user.Caller;
import seenby.user.Name;
import seenby.user.UserId;

/** Checks every key that {@link Keys} builds; reflection finds them, so new keys are checked too. */
class KeysTest {
    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern DOCUMENTED = Pattern.compile("\\{@code (sb:\\S+)}[,<]");

    /** The ids are the words that the table in {@link Keys} uses. */
    private static Object sample(Class<?> type) {
        return type == GroupId.class ? new GroupId("gid") : type == UserId.class ? new UserId("uid") : "<x>";
    }

    private static List<String> keys(Predicate<Method> which) {
        return Arrays.stream(Keys.class.getDeclaredMethods())
                .filter(method -> !Modifier.isPrivate(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> method.getReturnType() == String.class)
                .filter(which)
                .map(KeysTest::key)
                .sorted()
                .toList();
    }

    private static String key(Method method) {
        try {
            return (String) method.invoke(
                    null,
                    Arrays.stream(method.getParameterTypes())
                            .map(KeysTest::sample)
                            .toArray());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a key that can't be made", e);
        }
    }

    private static boolean isOf(Method method, Class<?> type) {
        return method.getParameterTypes()[0] == type;
    }

    private static List<String> constants() {
        return Arrays.stream(Keys.class.getDeclaredFields())
                .filter(field -> field.getType() == String.class)
                .map(KeysTest::value)
                .filter(key -> !List.of(Keys.WAKES, Keys.HEARTBEATS).contains(key))
                .toList();
    }

    private static String value(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyKeyOfAGroupHasItsHashTagSoAGroupIsInOneSlot() {
        List<String> keys = keys(method -> isOf(method, GroupId.class));

        assertTrue(keys.size() > 10, keys::toString);
        assertEquals(
                List.of(),
                keys.stream().filter(key -> !key.startsWith("sb:{gid}:")).toList());
    }

    @Test
    void everyKeyOfAUserHasItsHashTag() {
        List<String> keys = keys(method -> isOf(method, UserId.class));

        assertTrue(keys.size() > 2, keys::toString);
        assertEquals(
                List.of(),
                keys.stream().filter(key -> !key.startsWith("sb:user:{uid}")).toList());
    }

    @Test
    void allKeysAreDifferent() {
        List<String> keys = Stream.concat(keys(method -> true).stream(), constants().stream())
                .toList();

        assertEquals(keys.size(), Set.copyOf(keys).size(), keys::toString);
    }

    @Test
    void theTableListsExactlyTheKeys() throws IOException {
        Set<String> documented = new TreeSet<>();
        for (String key : LuaScript.matches(DOCUMENTED, Files.readString(SOURCES.resolve("seenby/redis/Keys.java")))) {
            documented.add(key.replaceFirst(":<(id|ordinal)>$", ":").replaceFirst("<\\w+>$", "<x>"));
        }

        assertEquals(
                Stream.concat(keys(method -> true).stream(), constants().stream())
                        .collect(Collectors.toCollection(TreeSet::new)),
                documented);
    }

    @Test
    void keyNamesAreWrittenInOneFileOnly() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<String> spelling = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(KeysTest::containsAKey)
                    .map(file -> file.getFileName().toString())
                    .toList();

            assertEquals(List.of("Keys.java"), spelling);
        }
    }

    private static boolean containsAKey(Path file) {
        try {
            return Files.readString(file).contains("\"sb:");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void deletingAGroupRemovesAllItsKeys() {
        try (Redis redis = Redis.at(REDIS.url())) {
            RedisClient client = REDIS.client();
            REDIS.flush();
            RedisGroups groups = new RedisGroups(redis, Clock.systemUTC(), (of, incarnation) -> {});
            GroupId group = new GroupId("gid");
            groups.create(
                    group, new Name("gid"), ReceiptPolicy.SENDER, new UserId("ann"), Map.of(new UserId("ann"), true));
            for (String key : keys(method -> isOf(method, GroupId.class))) {
                client.set(
                        key.endsWith(":") ? key + 1 : key,
                        "",
                        SetParams.setParams().nx());
            }
            groups.close(group, Caller.SERVER, false);

            groups.delete(group);

            assertEquals(Set.of(), client.keys("sb:{gid}*"));
        }
    }
}
