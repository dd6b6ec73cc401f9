package seenby.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.support.ApiClient.Answer;
import seenby.support.RunningServer;

/** Each file of the page is served under a strict content security policy, and no other file is served. */
class PageFilesTest {
    private static final Path WEB = Path.of("src/main/resources/web");

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared();

    static List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(WEB)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> WEB.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void eachFileIsServedUnchanged(String file) throws IOException {
        Answer answer = SERVER.nobody().get("/web/" + file).expect(200);

        assertEquals(Files.readString(WEB.resolve(file)), answer.response().body());
        assertTrue(answer.header("Content-Security-Policy").startsWith("default-src 'none'; script-src 'self'; "));
        assertFalse(answer.header("Content-Security-Policy").contains("unsafe"));
        assertEquals("nosniff", answer.header("X-Content-Type-Options"));
        assertEquals("no-referrer", answer.header("Referrer-Policy"));
    }

    @Test
    void theRootServesTheIndex() {
        Answer answer = SERVER.nobody().get("/").expect(200);

        assertEquals("text/html;charset=utf-8", answer.header("Content-Type"));
        assertEquals(
                SERVER.nobody().get("/web/index.html").response().body(),
                answer.response().body());
    }

    @Test
    void anUnchangedFileIsNotSentAgain() {
        Answer first = SERVER.nobody().get("/web/app.js").expect(200);
        Map<String, String> has = Map.of("If-None-Match", first.header("ETag"));

        Answer again = SERVER.nobody().call("GET", "/web/app.js", BodyPublishers.noBody(), has);

        again.expect(304);
        assertEquals("", again.response().body());
        SERVER.nobody().call("GET", "/web/api.js", BodyPublishers.noBody(), has).expect(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/web/",
                "/web/nothing.js",
                "/web/conversation",
                "/web/conversation/",
                "/web/conversation/nothing.js",
                "/web/app.js/app.js",
                "/web/./app.js%2f..",
                "/web/APP.js",
                "/web/..%2fsimplelogger.properties",
                "/web/%2e%2e%2fsimplelogger.properties",
                "/web/..%5csimplelogger.properties",
                "/web/x/../../simplelogger.properties",
                "/web/app.js%00"
            })
    void otherPathsAreNotServed(String path) {
        int status = SERVER.nobody().get(path).status();

        assertTrue(status == 404 || status == 400, path + " " + status);
    }

    @Test
    void theFilesHaveNoInlineScriptOrStyleAndLoadNothingFromOtherSites() throws IOException {
        for (String file : files()) {
            String text = Files.readString(WEB.resolve(file)).replace("http://www.w3.org/2000/svg", "");

            assertFalse(
                    Pattern.compile("https?://|innerHTML|insertAdjacentHTML|document\\.write")
                            .matcher(text)
                            .find(),
                    file);
            assertFalse(
                    file.endsWith(".html")
                            && Pattern.compile("<style| style=| on[a-z]+=")
                                    .matcher(text)
                                    .find(),
                    file);
        }
    }
}
