package seenby.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.platform.Networks;

class ConfigSourcesTest {
    private static final Path SHIPPED = Path.of("config.properties");
    private static final String TOKEN = "0123456789abcdefghij+_";

    @TempDir
    private Path directory = Path.of("");

    private static Config.HttpSettings http(String host, int port) {
        return new Config.HttpSettings(List.of(host), port, new Networks(List.of()), Set.of(), 0);
    }

    @Test
    void defaultsAreAsDocumented() {
        Config config = read();

        assertEquals(http("127.0.0.1", 8080), config.http());
        assertEquals(directory.resolve("data"), config.dataDir());
        assertEquals(new Config.RedisSettings(Optional.empty(), Optional.empty()), config.redis());
        assertEquals(Optional.empty(), config.adminToken());
        assertEquals(new Config.MessageSettings(16_384, Optional.empty()), config.messages());
        assertEquals(new Config.ReceiptSettings(Duration.ofDays(7), Duration.ofSeconds(1), false), config.receipts());
        assertFalse(config.groups().onlyAdminsCreate());
        assertEquals(new Config.ArchiveSettings(directory.resolve("data/archive"), 8_388_608), config.archive());
        assertEquals(new Config.RequestSettings(Duration.ofHours(24), 200, 200), config.requests());
    }

    @Test
    void shippedFileGivesTheDefaults() {
        assertEquals(read(), read("--config", SHIPPED.toAbsolutePath().toString()));
    }

    @Test
    void flagsWinOverTheEnvironmentAndTheEnvironmentOverTheFile() throws IOException {
        file("config.properties", "http.host=file\nhttp.port=1\nreceipts.coalesce=3s\n");
        Map<String, String> environment =
                Map.of("SEENBY_HTTP_HOST", "environment", "SEENBY_HTTP_PORT", "2", "HOME", "/", "PATH", "");

        Config config = ConfigSources.read(List.of("--http.port=3"), environment, directory);

        assertEquals(http("environment", 3), config.http());
        assertEquals(Duration.ofSeconds(3), config.receipts().coalesce());
    }

    @Test
    void everyKeyIsRead() throws IOException {
        file("config.properties", """
                data.dir = Daten für später
                redis.url=redis://me:secret@example.org:6380/2
                redis.executable=/usr/bin/redis-server
                message.max_bytes=1
                message.retention=90d
                receipts.retention=200000ms
                receipts.coalesce=0s
                receipts.opt_out=locked
                groups.create=admins
                archive.segment_bytes=4096
                idempotency.window=5m
                rate.requests_per_second=0
                """);

        Config config = read("--admin.token=" + TOKEN, "--archive.dir=elsewhere");

        assertEquals(directory.resolve("Daten für später"), config.dataDir());
        assertEquals(
                Optional.of(URI.create("redis://me:secret@example.org:6380/2")),
                config.redis().url());
        assertEquals(
                Optional.of(Path.of("/usr/bin/redis-server")), config.redis().executable());
        assertEquals(Optional.of(TOKEN), config.adminToken());
        assertEquals(new Config.MessageSettings(1, Optional.of(Duration.ofDays(90))), config.messages());
        assertEquals(new Config.ReceiptSettings(Duration.ofSeconds(200), Duration.ZERO, true), config.receipts());
        assertTrue(config.groups().onlyAdminsCreate());
        assertEquals(new Config.ArchiveSettings(directory.resolve("elsewhere"), 4_096), config.archive());
        assertEquals(new Config.RequestSettings(Duration.ofMinutes(5), 0, 200), config.requests());
    }

    @Test
    void configurationAsTextShowsNoSecret() {
        Config config = read("--admin.token=" + TOKEN, "--redis.url=redis://:" + TOKEN + "@localhost");

        assertFalse((config + " " + config.redis()).contains(TOKEN));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "http.host        | two words",
                "http.trusted_proxies | localhost",
                "http.trusted_proxies | 10.0.0.0/33",
                "http.trusted_proxies | 10.0.0.1,",
                "http.cors        | chat.example.org",
                "http.cors        | https://chat.example.org/",
                "http.cors        | https://Chat.example.org",
                "http.host        | ''",
                "http.host        | 127.0.0.1,",
                "http.port        | 65536",
                "http.port        | -1",
                "http.port        | ٨٠",
                "http.port        | 8080  # web",
                "data.dir         | ''",
                "message.max_bytes | 0",
                "message.max_bytes | 1048577",
                "message.retention | 0s",
                "receipts.retention | 0",
                "receipts.retention | 0s",
                "receipts.retention | 0ms",
                "receipts.retention | -7d",
                "receipts.retention | 7 days",
                "receipts.retention | 7D",
                "receipts.retention | 3651d",
                "receipts.retention | 999999999999999d",
                "receipts.retention | 99999999999999999999d",
                "receipts.retention | ''",
                "receipts.coalesce | 61s",
                "receipts.coalesce | 0",
                "receipts.opt_out | maybe",
                "groups.create    | Admins",
                "archive.segment_bytes | 8MiB",
                "idempotency.window | 0s",
                "rate.requests_per_second | -1",
                "polls.per_user | 0",
            })
    void badValueIsRefusedWithItsKeyItsOriginAndWhatTheKeyTakes(String key, String value) {
        String message = refusal("--" + key + "=" + value);

        assertTrue(message.startsWith(key + " (from the flag --" + key + ") takes "), message);
        assertTrue(message.endsWith("; not \"" + value + "\""), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rediss://me:secret@localhost",
                "redis+cluster://secret,other",
                "redis+sentinel://secret/master",
                "redis://:secret@localhost/zero",
                "redis://:secret@",
                "redis://localhost?secret=1",
                "secret",
            })
    void otherRedisUrlsThanPlainOnesAreRefused(String url) {
        String message = refusal("--redis.url=" + url);

        assertTrue(message.contains("takes redis://[user:password@]host[:port][/database] and nothing else"), message);
        assertFalse(message.contains("secret"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "secret secret secret secret", "secretsecretsecretsecrét"})
    void refusalOfAnAdminTokenDoesNotRepeatIt(String token) {
        String message = refusal("--admin.token=" + token);

        assertTrue(message.contains("takes 22 to 256 printable ASCII characters"), message);
        assertFalse(message.contains("secret"), message);
    }

    @Test
    void unknownKeyIsRefusedWithItsOrigin() throws IOException {
        assertTrue(refusal("--http.prot=80").startsWith("unknown key http.prot (from the flag --http.prot)"));

        file("config.properties", "http.ports=80");
        assertTrue(refusal().startsWith("unknown key http.ports (from "), refusal());
        assertTrue(refusal().contains("config.properties); the keys are "), refusal());
    }

    @Test
    void unknownVariableIsRefused() {
        String message = refusal(Map.of("SEENBY_HTTP_PROT", "80"));

        assertTrue(message.startsWith("unknown environment variable SEENBY_HTTP_PROT;"));
    }

    @Test
    void variablesThatKubernetesSetsForAServiceOfOurNameAreIgnored() {
        Map<String, String> kubernetes = Map.of("SEENBY_SERVICE_HOST", "10.0.0.1", "SEENBY_PORT", "tcp://10.0.0.1:80");

        Config config = ConfigSources.read(List.of(), kubernetes, directory);

        assertEquals(8080, config.http().port());
    }

    @Test
    void badValueOfAVariableIsRefusedWithTheNameOfTheVariable() {
        String message = refusal(Map.of("SEENBY_HTTP_PORT", "http"));

        assertTrue(message.startsWith("http.port (from the environment variable SEENBY_HTTP_PORT) takes"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http.port", "http.port=1", "-p", "--config", "--=1", ""})
    void malformedFlagIsRefused(String flag) {
        assertFalse(refusal(flag).contains("\n"));
    }

    @Test
    void namedFileMustExistAndReplacesTheDefaultFile() throws IOException {
        file("config.properties", "http.port=1");
        file("other.properties", "http.host=other");

        assertTrue(refusal("--config=none.properties").matches("cannot read .*none.properties: .*"));
        assertEquals(http("other", 8080), read("--config=other.properties").http());
    }

    @Test
    void whatToolsLeaveAroundAValueIsNoPartOfIt() throws IOException {
        file(
                "config.properties",
                "\ufeffhttp.host=\"file\"\r\nhttp.port = '1' \t\r\nredis.url=\"\"\r\ngroups.create=admins \r\n");
        Map<String, String> environment = Map.of(
                "SEENBY_MESSAGE_MAX_BYTES", "\"2\"\r",
                "SEENBY_RECEIPTS_COALESCE", " 3s ",
                "SEENBY_ADMIN_TOKEN", '"' + TOKEN + '"');

        Config config = ConfigSources.read(
                List.of("--data.dir='with blanks'", "--archive.segment_bytes = 4096\r"), environment, directory);

        assertEquals(http("file", 1), config.http());
        assertEquals(Optional.empty(), config.redis().url());
        assertTrue(config.groups().onlyAdminsCreate());
        assertEquals(2, config.messages().maxBytes());
        assertEquals(Duration.ofSeconds(3), config.receipts().coalesce());
        assertEquals(Optional.of(TOKEN), config.adminToken());
        assertEquals(directory.resolve("with blanks"), config.dataDir());
        assertEquals(4_096, config.archive().segmentBytes());
    }

    @Test
    void aQuoteAtOneEndIsPartOfTheValue() {
        assertEquals(
                Optional.of(TOKEN + '"'), read("--admin.token=" + TOKEN + '"').adminToken());
        assertTrue(refusal("--http.port='80").endsWith("; not \"'80\""));
        assertTrue(refusal("--http.port=\"").endsWith("; not \"\"\""));
    }

    @Test
    void aKeyGivenTwiceIsNamedUnlessBothValuesAreTheSame() throws IOException {
        assertTrue(refusal("--http.port=1", "--http.port=2").startsWith("the flag --http.port is given twice"));
        assertTrue(refusal("--config=a", "--config", "b").startsWith("the flag --config is given twice"));
        file("config.properties", "http.port=1\nhttp.host=a\nhttp.port=2\n");
        assertTrue(refusal().matches("http\\.port \\(from .*config\\.properties\\) is given twice, .*"), refusal());

        file("config.properties", "http.host=a\nhttp.host = \"a\"\n");
        assertEquals(http("a", 1), read("--http.port=1", "--http.port=1").http());
    }

    @ParameterizedTest
    @CsvSource({
        "C:\\data, C:\\data",
        "C:\\temp\\new\\ready\\files, C:\\temp\\new\\ready\\files",
        "C:\\users\\ann, C:\\users\\ann",
        "C:\\\\data, C:\\data",
        "C\\:\\\\data\\=1, C:\\data=1",
        "'\"C:\\my data\"', C:\\my data",
        "'C:\\ data', 'C:\\ data'",
        "d\\u00e4ta, däta",
    })
    void aBackslashInTheFileIsMeant(String inFile, String value) throws IOException {
        file("config.properties", "# C:\\comment\\\ndata.dir=" + inFile + "\nadmin.token=a\\b" + TOKEN + "\n");

        assertEquals(directory.resolve(value), read().dataDir());
        assertEquals(Optional.of("a\\b" + TOKEN), read().adminToken());
    }

    @ParameterizedTest
    @CsvSource({
        "C:\\data\\, ends with a backslash",
        "\\\\server\\share, has single and double backslashes",
    })
    void aBackslashThatMayBeMeantInTwoWaysIsNamed(String inFile, String what) throws IOException {
        file("config.properties", "data.dir=" + inFile + "\nhttp.port=80\n");

        assertTrue(refusal().matches("data\\.dir \\(from .*config\\.properties\\) " + what + ";.*"), refusal());
    }

    @Test
    void aSecretIsReadFromTheFileThatItsVariableNames() throws IOException {
        file("token", "\ufeff" + TOKEN + "\r\n");
        file("url", "redis://:secret@example.org\n");
        Map<String, String> environment = Map.of(
                "SEENBY_ADMIN_TOKEN_FILE",
                "token",
                "SEENBY_REDIS_URL_FILE",
                directory.resolve("url").toString());

        Config config = ConfigSources.read(List.of(), environment, directory);

        assertEquals(Optional.of(TOKEN), config.adminToken());
        assertEquals(
                Optional.of(URI.create("redis://:secret@example.org")),
                config.redis().url());
    }

    @Test
    void aFileOfASecretThatCannotBeUsedIsNamed() throws IOException {
        file("empty", " \n");
        file("short", "secret");

        assertTrue(refusal(Map.of("SEENBY_ADMIN_TOKEN_FILE", "none")).startsWith("cannot read the file that"));
        assertTrue(refusal(Map.of("SEENBY_ADMIN_TOKEN_FILE", "")).startsWith("cannot read the file that"));
        assertTrue(
                refusal(Map.of("SEENBY_ADMIN_TOKEN_FILE", "empty")).endsWith("SEENBY_ADMIN_TOKEN_FILE names is empty"));
        String bad = refusal(Map.of("SEENBY_ADMIN_TOKEN_FILE", "short"));
        assertTrue(bad.contains("SEENBY_ADMIN_TOKEN_FILE") && !bad.contains("secret"), bad);
        assertEquals(
                "SEENBY_ADMIN_TOKEN and SEENBY_ADMIN_TOKEN_FILE are both given; give one of them",
                refusal(Map.of("SEENBY_ADMIN_TOKEN_FILE", "short", "SEENBY_ADMIN_TOKEN", TOKEN)));
        assertTrue(refusal(Map.of("SEENBY_HTTP_PORT_FILE", "short")).startsWith("unknown environment variable"));
    }

    @Test
    void fileThatIsNotUtf8IsRefused() throws IOException {
        Files.write(directory.resolve("config.properties"), new byte[] {'#', (byte) 0xe4, '\n'});

        assertTrue(refusal().endsWith("config.properties is not UTF-8"), refusal());
    }

    @Test
    void refusalIsOneShortLineWhateverTheValueContains() throws IOException {
        file("config.properties", "http.port=8\\n0\\r\\u0000" + "9".repeat(1000));

        assertTrue(refusal().length() < 400, refusal());
        assertTrue(refusal().chars().noneMatch(Character::isISOControl), refusal());
    }

    private Config read(String... flags) {
        return ConfigSources.read(List.of(flags), Map.of(), directory);
    }

    private String refusal(String... flags) {
        return refusal(Map.of(), flags);
    }

    private String refusal(Map<String, String> environment, String... flags) {
        ConfigException refused =
                assertThrows(ConfigException.class, () -> ConfigSources.read(List.of(flags), environment, directory));
        return String.valueOf(refused.getMessage());
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }
}
