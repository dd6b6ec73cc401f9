package seenby;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaEnumConstant;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Who may import whom. A new package needs a row here: what may it import, and who may import it? */
public class LayoutTest {
    public static final JavaClasses OURS = ours();

    private static final String[] EVERYBODY_MAY = {"java..", "javax.crypto..", "org.slf4j..", "org.jspecify.."};
    private static final String CAFFEINE = "com.github.benmanes.caffeine..";
    private static final String JACKSON = "com.fasterxml.jackson..";
    private static final String[] WEB_SERVER = {"io.javalin..", "org.eclipse.jetty..", "jakarta.servlet.."};

    private static final String IP_ADDRESSES = "inet.ipaddr..";
    private static final String JEDIS = "redis.clients.jedis..";

    /** A room with more classes has a second subject in it. */
    private static final int MOST_CLASSES = 25;

    static final List<Room> ROOMS = List.of(
            room("refusal").imports(),
            room("platform").imports("refusal").and(CAFFEINE, IP_ADDRESSES),
            room("config").imports("platform"),
            room("user").imports("platform", "refusal"),
            room("group").imports("user", "refusal").and(CAFFEINE),
            room("message").imports("group", "user", "refusal"),
            room("receipt").imports("message", "group", "user", "refusal"),
            room("json").imports("group", "user", "refusal").and(JACKSON),
            room("hub").imports("platform", "group", "user", "refusal"),
            room("update")
                    .imports("hub", "platform", "receipt", "message", "group", "user", "refusal")
                    .and(CAFFEINE),
            room("segment").imports("platform", "json"),
            room("archive")
                    .imports("segment", "platform", "json", "receipt", "message", "group", "user", "refusal")
                    .and(JACKSON),
            room("embedded").imports("platform", "refusal").and(JEDIS, "redis.embedded.."),
            room("pool").imports("platform", "refusal").and(JEDIS, "org.apache.commons.pool2.."),
            room("redis")
                    .imports(
                            "pool",
                            "embedded",
                            "platform",
                            "update",
                            "hub",
                            "archive",
                            "receipt",
                            "message",
                            "group",
                            "user",
                            "refusal")
                    .and(CAFFEINE, JEDIS, "org.apache.commons.pool2.."),
            room("account").imports("redis", "platform", "user", "refusal").and(CAFFEINE, JEDIS),
            room("sweep")
                    .imports("redis", "archive", "receipt", "message", "group", "user", "refusal")
                    .and(JEDIS),
            room("subscription")
                    .imports("redis", "hub", "platform", "group", "user", "refusal")
                    .and(JEDIS),
            room("backup")
                    .imports("embedded", "redis", "archive", "segment", "config", "json", "platform")
                    .and(JACKSON),
            room("metrics").imports().and("io.micrometer.."),
            room("logging").imports("json").and(JACKSON),
            room("request")
                    .imports("platform", "json", "group", "user", "refusal")
                    .and(JACKSON)
                    .and(WEB_SERVER),
            room("admission")
                    .imports("request", "platform", "user", "refusal")
                    .and(CAFFEINE, IP_ADDRESSES, "io.github.bucket4j..")
                    .and(WEB_SERVER),
            room("connection").imports("platform").and(IP_ADDRESSES).and(WEB_SERVER),
            room("http")
                    .imports(
                            "config",
                            "connection",
                            "platform",
                            "admission",
                            "request",
                            "metrics",
                            "update",
                            "archive",
                            "json",
                            "receipt",
                            "message",
                            "group",
                            "user",
                            "refusal")
                    .and(CAFFEINE, JACKSON)
                    .and(WEB_SERVER),
            room("load").imports("platform").and(JACKSON),
            room("demo").imports("load").and(JACKSON),
            room("storage").imports("load").and(JACKSON),
            room("measurement").imports("platform", "redis", "group").and(JEDIS),
            room("limits")
                    .imports("measurement", "load", "platform", "redis", "message", "group", "user")
                    .and(WEB_SERVER),
            room("client").imports("load", "platform").and(JACKSON),
            room("bench").imports("client", "load", "measurement", "limits").and(JACKSON),
            room("admin").imports("config", "json").and(JACKSON, "picocli.."),
            room("command")
                    .imports(
                            "bench",
                            "demo",
                            "storage",
                            "measurement",
                            "backup",
                            "archive",
                            "segment",
                            "redis",
                            "config")
                    .imports("json", "platform", "receipt", "group", "user"));

    /** A package of ours and the packages that it may import. */
    record Room(String name, Set<String> allowed) {
        Room imports(String... rooms) {
            return and(Stream.of(rooms).map(room -> "seenby." + room).toArray(String[]::new));
        }

        Room and(String... packages) {
            return new Room(
                    name, Stream.concat(allowed.stream(), Stream.of(packages)).collect(Collectors.toSet()));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static JavaClasses ours() {
        // the names of library classes are enough; reading those classes would take seconds
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("seenby");
    }

    private static Room room(String name) {
        return new Room("seenby." + name, Set.of("seenby." + name)).and(EVERYBODY_MAY);
    }

    @ParameterizedTest
    @FieldSource("ROOMS")
    void roomImportsOnlyWhatItMay(Room room) {
        classes()
                .that()
                .resideInAPackage(room.name())
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(room.allowed().toArray(String[]::new))
                .allowEmptyShould(true) // a room may wait for its first class
                .check(OURS);
    }

    @Test
    void everyPackageIsARoom() {
        Set<String> packages = new TreeSet<>();
        OURS.forEach(type -> packages.add(type.getPackageName()));
        packages.remove("seenby");
        Set<String> rooms = ROOMS.stream().map(Room::name).collect(Collectors.toSet());

        packages.removeAll(rooms);

        assertEquals(Set.of(), packages);
    }

    @Test
    void noRoomIsCrowded() {
        Map<String, Long> classes = topLevel()
                .collect(Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.counting()));

        classes.values().removeIf(count -> count <= MOST_CLASSES);

        assertEquals(Map.of(), classes);
    }

    @Test
    void noTwoClassesShareAName() {
        Map<String, Long> classes = OURS.stream()
                .filter(type ->
                        !type.isAnonymousClass() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getSimpleName, TreeMap::new, Collectors.counting()));

        classes.values().removeIf(count -> count == 1);

        assertEquals(Map.of(), classes);
    }

    private static Stream<JavaClass> topLevel() {
        return OURS.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"));
    }

    @Test
    void roomsHaveNoCircularImports() {
        slices().matching("seenby.(*)..").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void onlyThePlatformMakesDaemonThreadsPrivateFilesAndDigests() {
        noClasses()
                .that()
                .resideOutsideOfPackage("seenby.platform")
                .should()
                .callMethod(Thread.class, "setDaemon", boolean.class)
                .orShould()
                .callMethod(PosixFilePermissions.class, "fromString", String.class)
                .orShould()
                .callMethod(MessageDigest.class, "getInstance", String.class)
                .check(OURS);
    }

    @Test
    void wiringUsesNoLibraryAndNothingUsesTheWiring() {
        classes()
                .that()
                .resideInAPackage("seenby")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(room("*").and("seenby").allowed().toArray(String[]::new))
                .check(OURS);
        noClasses()
                .that()
                .resideOutsideOfPackage("seenby")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("seenby")
                .check(OURS);
    }

    @Test
    void redisUsesOnlyThePortAndTheWakesOfThePolls() {
        noClasses()
                .that()
                .resideInAPackage("seenby.redis")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("seenby\\.update\\.(?!(Look|Reads|Read|Nudges|Wake|HistoryLine)($|\\$)).*")
                .check(OURS);
    }

    @Test
    void nobodyWritesSegmentsWithoutReadingTheCommittedPosition() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("seenby.segment.UnverifiedWriter")
                .should()
                .callConstructor("seenby.segment.SegmentWriter", "seenby.segment.SegmentFolder", "long", "long")
                .check(OURS);
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("seenby.segment.Segments")
                .should()
                .callConstructor("seenby.segment.UnverifiedWriter", "seenby.segment.SegmentFolder", "long")
                .check(OURS);
    }

    @Test
    void everyScriptIsRunByExactlyOneMethod() {
        JavaClass scripts = OURS.get("seenby.redis.Script");
        Map<String, Integer> callers = new TreeMap<>();
        scripts.getEnumConstants().stream()
                .map(JavaEnumConstant::name)
                .forEach(name ->
                        callers.put(name, methodsThatUse(scripts.getField(name)).size()));

        callers.values().removeIf(count -> count == 1);

        assertEquals(Map.of(), callers);
    }

    private static Set<JavaCodeUnit> methodsThatUse(JavaField script) {
        return script.getAccessesToSelf().stream()
                .map(access -> access.getOrigin())
                .filter(origin -> !origin.getOwner().equals(script.getOwner()))
                .collect(Collectors.toSet());
    }
}
