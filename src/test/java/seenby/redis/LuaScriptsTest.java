package seenby.redis;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import seenby.embedded.EmbeddedRedis;
import seenby.hub.Wake;
import seenby.redis.LuaScript.Slot;
import seenby.refusal.Refusal;
import seenby.subscription.WakeParser;

/** The header of a script is its contract; these tests compare it with the code. */
class LuaScriptsTest {
    private static final int MAX_LINES = 60;

    /** The words that publish.lua adds to each wake. */
    private static final String NUMBERS = " incarnation 1 1 1 1 1 sender";

    private static final Pattern TAG = Pattern.compile("\\{'([A-Z_]+)'");
    private static final Pattern WORD = Pattern.compile("'([A-Z_]+)'");
    private static final Pattern KIND = Pattern.compile("^'(\\w+)");
    private static final Pattern ASSIGNMENT = Pattern.compile("local (.+) = (.+)");
    private static final Pattern PLACE = Pattern.compile("((?:KEYS|ARGV)\\[\\d+])");
    private static final Pattern LIST = Pattern.compile("\\b(KEYS|ARGV)\\b");
    private static final Pattern LIST_LOOP = Pattern.compile("for i = (\\d+), #ARGV");
    private static final Pattern DECLARED = Pattern.compile(
            "(?:local (?!function)|for |function \\w*\\()([\\w, ]+?)(?: =| in |\\)|$)", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("(?<![.\\w])([A-Za-z_]\\w*)");
    private static final Set<String> KEYWORDS =
            Set.of(("and break do else elseif end false for function if in local nil"
                            + " not or repeat return then true until while")
                    .split(" ", -1));
    private static final Set<String> GLOBALS = Set.of(
            "redis",
            "KEYS",
            "ARGV",
            "tonumber",
            "string",
            "table",
            "math",
            "ipairs",
            "unpack",
            "publish",
            "acked_alone");

    @TempDir
    private static Path directory = Path.of("");

    private static Optional<EmbeddedRedis> embedded = Optional.empty();
    private static Optional<Jedis> client = Optional.empty();

    /** Always the bundled Redis, because newer ones know more commands. */
    @BeforeAll
    static void start() {
        EmbeddedRedis redis = EmbeddedRedis.start(directory, Optional.empty());
        embedded = Optional.of(redis);
        client = Optional.of(new Jedis(
                redis.host(),
                redis.port(),
                DefaultJedisClientConfig.builder()
                        .password(redis.password())
                        .autoNegotiateProtocol(false)
                        .build()));
    }

    @AfterAll
    static void stop() {
        client.ifPresent(Jedis::close);
        embedded.ifPresent(EmbeddedRedis::close);
    }

    private static Jedis redis() {
        return client.orElseThrow();
    }

    static List<LuaScript> scripts() {
        return LuaScript.all();
    }

    @Test
    void scriptsAndFilesCorrespond() {
        List<String> names = Stream.of(Script.values())
                .map(script -> script.name().toLowerCase(Locale.ROOT))
                .toList();

        assertEquals(names, scripts().stream().map(LuaScript::name).toList(), "in alphabetical order");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void headerHasThreePartsAndStartsWithThePurpose(LuaScript script) {
        String purpose = String.join(" ", script.paragraphs().get(0));

        assertEquals(3, script.paragraphs().size(), "the header has purpose, slots and outcome");
        assertTrue(purpose.matches("[A-Z].*\\."), purpose);
        assertTrue(String.join("\n", script.paragraphs().get(2)).matches("(?s)Returns \\{'OK'.*"), "outcome");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void headerNumbersTheKeysAndThenTheArguments(LuaScript script) {
        List<Slot> slots = script.slots();
        List<String> expected = new ArrayList<>();
        for (String kind : List.of("KEYS", "ARGV")) {
            long count = slots.stream().filter(slot -> slot.kind().equals(kind)).count();
            for (int number = 1; number <= count; number++) {
                expected.add(kind + "[" + number + "]");
            }
        }

        assertEquals(expected, slots.stream().map(Slot::place).toList());
        for (Slot slot : slots) {
            boolean last = !expected.contains(slot.kind() + "[" + (slot.number() + 1) + "]");
            assertTrue(last || !slot.more(), slot.place() + " is a list, but not the last");
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void assignmentsUseTheNamesOfTheHeader(LuaScript script) {
        Map<String, String> expected = new TreeMap<>();
        script.slots().stream().filter(Slot::hasName).forEach(slot -> expected.put(slot.place(), slot.name()));

        assertEquals(expected, namesGiven(script));
    }

    private static Map<String, String> namesGiven(LuaScript script) {
        Map<String, String> names = new TreeMap<>();
        for (String line : script.top()) {
            Matcher assignment = ASSIGNMENT.matcher(line);
            assertTrue(assignment.matches(), line);
            List<String> left = Arrays.asList(assignment.group(1).split(", ", -1));
            List<String> right = Arrays.asList(assignment.group(2).split(", ", -1));
            assertEquals(left.size(), right.size(), line);
            for (int i = 0; i < left.size(); i++) {
                Set<String> places = LuaScript.matches(PLACE, right.get(i));
                assertEquals(1, places.size(), line);
                names.put(places.iterator().next(), left.get(i));
            }
        }
        return names;
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void theBodyReadsOnlyListsFromKeysAndArguments(LuaScript script) {
        String body = String.join("\n", script.body());
        List<Slot> lists = script.slots().stream().filter(Slot::more).toList();
        Set<String> loops = lists.stream()
                .filter(list -> list.kind().equals("ARGV"))
                .map(list -> Integer.toString(list.number()))
                .collect(Collectors.toSet());

        assertEquals(Set.of(), LuaScript.matches(PLACE, body));
        assertEquals(lists.stream().map(Slot::kind).collect(Collectors.toSet()), LuaScript.matches(LIST, body));
        assertEquals(loops, LuaScript.matches(LIST_LOOP, body), "the loop starts at the list's first index");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void headerListsEveryTagThatTheScriptReturns(LuaScript script) {
        Set<String> known = Stream.of(Refusal.values()).map(Refusal::name).collect(Collectors.toSet());
        known.add("OK");
        Set<String> returned = LuaScript.matches(WORD, script.code());
        returned.retainAll(known);
        returned.addAll(LuaScript.matches(TAG, script.code()));

        assertEquals(returned, LuaScript.matches(TAG, script.says("Returns")));
        assertTrue(known.containsAll(returned), () -> returned + " must be refusals");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void headerListsEveryWakeThatTheScriptPublishes(LuaScript script) {
        Set<String> emitted = new TreeSet<>();
        script.published().forEach(wake -> emitted.addAll(LuaScript.matches(KIND, wake)));

        assertEquals(String.join(", ", emitted), script.says("Emits"));
        assertEquals(
                script.code().contains("PUBLISH") || script.code().contains("publish("),
                !emitted.isEmpty(),
                "this test cannot parse the arguments of PUBLISH");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void everyPublishedWakeCanBeParsed(LuaScript script) {
        for (String wake : script.published()) {
            String message = Stream.of(wake.split(" \\.\\. ", -1))
                    .map(term -> term.startsWith("'") ? term.substring(1, term.length() - 1) : "1")
                    .collect(Collectors.joining());

            Wake parsed = assertDoesNotThrow(
                    () -> WakeParser.parse(message.startsWith("token") ? message : message + NUMBERS), message);

            assertFalse(parsed instanceof Wake.Unknown, message);
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void refusesBeforeItWrites(LuaScript script) {
        Set<String> writing = writing(script.commands());
        boolean written = false;
        for (String line : script.body()) {
            boolean refuses = LuaScript.matches(TAG, line).stream().anyMatch(tag -> !tag.equals("OK"));
            assertFalse(written && refuses, "Redis does not roll back: " + line);
            written |= line.contains("publish(")
                    || writing.stream().anyMatch(command -> line.contains("'" + command + "'"));
        }
    }

    private static Set<String> writing(Set<String> commands) {
        return redis().commandInfo(commands.toArray(String[]::new)).entrySet().stream()
                .filter(info -> info.getValue().getFlags().contains("write"))
                .map(info -> info.getKey().toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void readsNoClockAndContainsNoKeyName(LuaScript script) {
        assertFalse(script.text().contains("sb:"), "key names belong in Keys");
        assertFalse(script.commands().contains("TIME"), "the time is an argument");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void everyNameIsLocalOrProvidedByRedis(LuaScript script) {
        String code = script.code().replaceAll("'[^']*'", "''");
        Set<String> known = new HashSet<>(GLOBALS);
        known.addAll(KEYWORDS);
        LuaScript.matches(DECLARED, code).forEach(names -> known.addAll(Arrays.asList(names.split(", ", -1))));
        Set<String> names = LuaScript.matches(NAME, code);

        names.removeAll(known);

        assertEquals(Set.of(), names);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void isShort(LuaScript script) {
        int lines = script.top().size() + script.body().size();

        assertTrue(lines <= MAX_LINES, () -> lines + " lines of code");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void loadsIntoTheBundledRedisAndUsesOnlyItsCommands(LuaScript script) {
        String[] commands = script.commands().toArray(String[]::new);

        assertTrue(redis().info("server").contains("redis_version:6.2."));
        assertEquals(
                40,
                redis().scriptLoad(Script.valueOf(script.name().toUpperCase(Locale.ROOT))
                                .text())
                        .length());
        assertEquals(
                commands.length,
                redis().commandInfo(commands).size(),
                () -> script.commands().toString());
    }
}
