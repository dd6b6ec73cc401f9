package seenby.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seenby.config.Config;
import seenby.config.ConfigSources;
import seenby.support.TextFile;
import seenby.support.Tools;

/** The files for containers agree with each other. scripts/container/try.sh builds and runs the image. */
class ContainerTest {
    private static final String DOCKERFILE = TextFile.read(Path.of("Dockerfile"));

    @TempDir
    private Path directory = Path.of("");

    private static JsonNode compose() throws IOException {
        return new YAMLMapper().readTree(Path.of("compose.yaml").toFile());
    }

    private static String inDockerfile(String pattern) {
        Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(DOCKERFILE);
        assertTrue(matcher.find(), pattern);
        return matcher.group(1);
    }

    @Test
    void imageHasTheVersionOfTheBuild() {
        String version = inDockerfile("image\\.version=\"(.*?)\"");

        assertTrue(TextFile.read(Path.of("pom.xml"))
                .contains("<artifactId>seenby</artifactId>\n  <version>" + version + "</version>"));
    }

    @Test
    void settingsOfImageAndCompositionAreRight() throws IOException {
        Map<String, String> environment = new HashMap<>();
        Pattern.compile("(SEENBY_\\w+)=(\\S+)").matcher(DOCKERFILE).results().forEach(it -> {
            environment.put(it.group(1), it.group(2));
        });
        JsonNode given = compose().at("/services/seenby/environment");
        given.fieldNames()
                .forEachRemaining(name -> environment.put(name, given.get(name).asText()));

        Config config = ConfigSources.read(List.of(), environment, directory);

        assertEquals(inDockerfile("^VOLUME (.*)$"), config.dataDir().toString());
        assertEquals(inDockerfile("^EXPOSE (.*)$"), String.valueOf(config.http().port()));
        assertEquals(
                compose().at("/networks/default/ipam/config/0/subnet").asText(),
                given.get("SEENBY_HTTP_TRUSTED_PROXIES").asText());
    }

    @Test
    void compositionKeepsTheDataAndWaitsForTheHealthCheck() throws IOException {
        JsonNode seenby = compose().at("/services/seenby");

        assertEquals(
                "seenby:" + inDockerfile("^VOLUME (.*)$"),
                seenby.at("/volumes/0").asText());
        assertTrue(compose().at("/volumes").has("seenby"));
        assertTrue(seenby.get("read_only").asBoolean());
        assertTrue(inDockerfile("(?s)^HEALTHCHECK .*?CMD (\\[.*?\\])").endsWith("\"health\"]"));
        assertEquals(
                "service_healthy",
                compose().at("/services/caddy/depends_on/seenby/condition").asText());
    }

    /** "caddy run" would make this machine trust its certificates; ProxyIT runs a Caddy with the same directive. */
    @Test
    void proxyOfTheCompositionIsValid() throws IOException {
        Tools.require("caddy version");
        JsonNode caddy = compose().at("/services/caddy");
        Path file = Path.of(caddy.at("/volumes/0").asText().split(":", 2)[0]);
        String site = TextFile.read(file);
        assertTrue(site.contains("{$SITE:"), site);
        assertTrue(caddy.at("/environment").has("SITE"));
        assertTrue(site.contains("reverse_proxy seenby:" + inDockerfile("^EXPOSE (.*)$") + "\n"), site);

        new Shell(directory).run("""
                export XDG_DATA_HOME=$PWD XDG_CONFIG_HOME=$PWD
                SITE=chat.example.org caddy validate --adapter caddyfile --config '%s'
                """.formatted(file.toAbsolutePath().normalize()));
    }
}
