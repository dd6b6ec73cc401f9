package seenby.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.support.ApiClient.Answer;
import seenby.support.RunningServer;

/** The API's description, and the page that shows it, need no token. */
class DocsTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared();

    private static Answer get(String path) {
        return SERVER.nobody().get(path);
    }

    @Test
    void theDescriptionIsServedUnchanged() throws IOException {
        Answer answer = get("/openapi.yaml").expect(200);

        assertEquals("application/yaml", answer.header("Content-Type"));
        assertEquals(Files.readString(OpenApi.FILE), answer.response().body());
    }

    @ParameterizedTest
    @CsvSource({
        "/docs, text/html",
        "/docs/docs.js, text/javascript",
        "/docs/swagger-ui.css, text/css",
        "/docs/swagger-ui-bundle.js, text/javascript"
    })
    void filesOfThePageHaveTheirContentType(String path, String type) {
        Answer answer = get(path).expect(200);

        assertEquals(type, answer.header("Content-Type").split(";", 2)[0]);
        assertEquals("nosniff", answer.header("X-Content-Type-Options"));
        assertFalse(answer.response().body().isEmpty());
    }

    @Test
    void thePageLoadsOnlyFilesOfThisServer() {
        Answer page = get("/docs");

        List<String> loaded = Pattern.compile("(?:src|href)=\"([^\"]*)\"")
                .matcher(page.response().body())
                .results()
                .map(found -> found.group(1))
                .filter(address -> !address.equals("data:,"))
                .toList();

        assertTrue(loaded.size() >= 3, loaded.toString());
        loaded.forEach(path -> get(path).expect(200));
    }

    @Test
    void thePageAllowsOnlyScriptsOfThisServerAndNoFrame() {
        String policy = get("/docs").header("Content-Security-Policy");

        assertFalse(policy.contains("unsafe"), policy);
        for (String rule : List.of(
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "connect-src 'self'",
                "frame-ancestors 'none'",
                "base-uri 'none'")) {
            assertTrue((policy + ";").contains(rule + ";"), policy);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs/index.html",
                "/docs/openapi.yaml",
                "/docs/swagger-ui.js",
                "/docs/swagger-ui-standalone-preset.js",
                "/docs/DOCS.JS",
                "/docs/a/docs.js",
                "/openapi.yml"
            })
    void otherFilesAreNotFound(String path) {
        get(path).problem(404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.yaml", "/docs", "/docs/docs.js"})
    void queryParametersAreRefused(String path) {
        get(path + "?v=1").problem(422, "invalid");
    }
}
