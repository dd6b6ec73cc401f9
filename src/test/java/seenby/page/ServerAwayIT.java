package seenby.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Route;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** A page that is loaded while the server is away waits for it, and then shows what it showed before. */
@ResourceLock(Chromium.LOCK)
class ServerAwayIT {
    private static final String CALLS = "**/v1/**";

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared("receipts.coalesce=50ms");

    @RegisterExtension
    static final TestBrowser BROWSER = new TestBrowser(SERVER);

    private final List<ApiClient> people = SERVER.users("ann", "bob");
    private final String group = SERVER.group(people.get(0), people.get(1));

    static Stream<Arguments> answers() {
        Stream<Arguments> proxies = IntStream.of(401, 404, 502, 503, 504)
                .mapToObj(status -> Arguments.of(
                        "a proxy's " + status, (Consumer<Route>) route -> route.fulfill(new Route.FulfillOptions()
                                .setStatus(status)
                                .setContentType("text/html")
                                .setBody("<h1>Sorry</h1>"))));
        Stream<Arguments> others = Stream.of(
                Arguments.of("no connection", (Consumer<Route>) Route::abort),
                Arguments.of("a portal's page", (Consumer<Route>) route ->
                        route.fulfill(new Route.FulfillOptions().setStatus(200).setBody("<h1>Log in</h1>"))),
                Arguments.of("storage is away", (Consumer<Route>) route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(503)
                        .setContentType("application/problem+json")
                        .setBody("{\"status\":503,\"code\":\"unavailable\",\"reason\":\"unavailable\"}"))));
        return Stream.concat(proxies, others);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void aReloadWaitsForTheServerAndComesBackByItself(String name, Consumer<Route> answer) {
        Visitor visitor = BROWSER.as(people.get(0)).open(group);
        visitor.composer().fill("half a thou");
        visitor.page().route(CALLS, answer);

        visitor.page().reload();
        assertThat(visitor.page().locator("#waiting-why")).containsText("goes on by itself");
        assertThat(visitor.page().locator("#sign-in")).isHidden();
        visitor.page().unroute(CALLS);

        assertThat(visitor.page().locator(".conversation h2")).hasText(group);
        assertThat(visitor.composer()).hasValue("half a thou");
        assertThat(visitor.page().locator("#waiting")).isHidden();
    }
}
