package seenby.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static seenby.support.Eventually.eventually;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import seenby.support.ApiClient;
import seenby.support.RunningServer;
import seenby.support.Tools;

/** The unchanged file {@code examples/js/stream.js} in a page of the server's origin and under its policy. */
@ResourceLock(Chromium.LOCK)
class StreamExampleIT {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer("http.port=" + Tools.freePort(), "receipts.coalesce=50ms");

    @RegisterExtension
    static final TestBrowser BROWSER = new TestBrowser(SERVER);

    /** Records the events on the page until it is stopped. */
    private static final String FOLLOW = """
            async ({ token, messages }) => {
              const { post, stream } = await import("/examples/stream.js");
              const server = { url: location.origin, token };
              const stop = new AbortController();
              const seen = [];
              const note = {
                message: ({ id, text }) => `message ${id}: ${text}`,
                read: ({ from, upto }) => `read ${from} to ${upto}`,
              };
              const follow = async () => {
                for await (const { event, data } of stream(server, { signal: stop.signal })) seen.push(note[event](data));
                seen.push("the end");
              };
              const send = (text) => post(server, messages, { text, client_id: text });
              Object.assign(window, { seen, stop, send });
              follow();
            }
            """;

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final String group = SERVER.group(ann, bob);

    /** Opens a page on which ann sends and reads a stream. The server has no examples, so a route serves the file. */
    private Page follow() {
        Page page = BROWSER.visitor().page();
        Path file = Path.of("examples/js/stream.js");
        page.route("**/examples/stream.js", route -> route.fulfill(new Route.FulfillOptions().setPath(file)));
        Map<String, String> settings = Map.of("token", ann.token(), "messages", "/v1/groups/" + group + "/messages");
        page.waitForResponse("**/v1/updates", () -> page.evaluate(FOLLOW, settings));
        return page;
    }

    /** Waits until this many events of a kind have arrived, and compares them. */
    private static void assertSeen(Page page, String kind, String... all) {
        eventually(all.length + " of " + kind, () -> seen(page, kind).size() >= all.length);
        assertEquals(List.of(all), seen(page, kind));
    }

    private static List<String> seen(Page page, String kind) {
        List<?> all = (List<?>) page.evaluate("seen");
        return all.stream()
                .map(String::valueOf)
                .filter(it -> it.startsWith(kind))
                .toList();
    }

    @Test
    void eachEventArrivesOnceAcrossARestart() {
        Page page = follow();
        bob.send(group, "one");
        page.evaluate("send('two').then(() => send('three'))");
        bob.ack(group, 2);
        assertSeen(page, "message", "message 1: one", "message 2: two", "message 3: three");
        assertSeen(page, "read", "read 2 to 2");

        SERVER.stop();
        page.waitForConsoleMessage(
                new Page.WaitForConsoleMessageOptions()
                        .setPredicate(said -> said.text().contains("trying again")),
                () -> page.evaluate("void send('four')"));
        SERVER.start();
        bob.ack(group, 3);

        assertSeen(page, "message", "message 1: one", "message 2: two", "message 3: three", "message 4: four");
        bob.ack(group, 4);
        assertSeen(page, "read", "read 2 to 2", "read 3 to 3", "read 4 to 4");
    }

    @Test
    void theAbortSignalEndsTheStreamAndItsConnection() {
        Page page = follow();
        List<String> closedRequests = new ArrayList<>();
        page.onRequestFailed(request -> closedRequests.add(request.url()));
        bob.send(group, "one");
        assertSeen(page, "message", "message 1: one");

        page.evaluate("stop.abort()");

        assertSeen(page, "the end", "the end");
        assertEquals(List.of("http://127.0.0.1:" + SERVER.port() + "/v1/updates"), closedRequests);
    }

    @Test
    void aRefusalIsThrownWithItsReason() {
        Object reason = follow().evaluate("send('').catch((refused) => refused.message)");

        assertEquals("A message needs a text that is not blank.", reason);
    }
}
