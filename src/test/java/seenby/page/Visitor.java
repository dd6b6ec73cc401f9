package seenby.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** A user of the page with a separate browser profile. */
final class Visitor {
    private final BrowserContext context;
    private final RunningServer server;
    private final List<String> violations;
    private final List<Route> held = new ArrayList<>();
    private final Page page;

    Visitor(BrowserContext context, RunningServer server) {
        this(context, server, new ArrayList<>());
        context.setDefaultTimeout(15_000);
    }

    private Visitor(BrowserContext context, RunningServer server, List<String> violations) {
        this.context = context;
        this.server = server;
        this.violations = violations;
        this.page = context.newPage();
        page.onConsoleMessage(message -> checkPolicy(message.text()));
        page.onPageError(error -> violations.add("error on the page: " + error));
        page.onDialog(dialog -> {
            violations.add("a script opened a dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.navigate("http://127.0.0.1:" + server.port() + "/");
    }

    /** A second tab in the same profile; closing the first visitor closes it too. */
    Visitor anotherTab() {
        return new Visitor(context, server, violations);
    }

    private void checkPolicy(String line) {
        if (line.contains("Content Security Policy") || line.contains("Content-Security-Policy")) {
            violations.add(line);
        }
    }

    Page page() {
        return page;
    }

    Visitor signIn(ApiClient user) {
        page.locator("#token").fill(user.token());
        page.locator("#token").press("Enter");
        assertThat(page.locator("#desk")).isVisible();
        return this;
    }

    Visitor open(String group) {
        page.locator("a.group[data-id='" + group + "']").click();
        assertThat(page.locator(".conversation")).isVisible();
        return this;
    }

    void write(String text) {
        composer().fill(text);
        composer().press("Enter");
    }

    Locator composer() {
        return page.locator("#text");
    }

    Locator message(long id) {
        return page.locator("#message-" + id);
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator dialog() {
        return page.getByRole(AriaRole.DIALOG);
    }

    Locator status() {
        return page.getByRole(AriaRole.STATUS).and(page.locator("#status"));
    }

    /** The line under a message that says who has read it. */
    Locator receipt(long id) {
        return message(id).locator(".receipt");
    }

    void scrollTo(String end) {
        page.locator(".scroll").evaluate("(at, end) => at.scrollTop = end === 'top' ? 0 : at.scrollHeight", end);
    }

    /** Tells the page that its tab is hidden. */
    void hideTab() {
        setVisibility("hidden");
    }

    void showTab() {
        setVisibility("visible");
    }

    private void setVisibility(String state) {
        page.evaluate(
                "state => { Object.defineProperty(document, 'visibilityState', { get: () => state, configurable: true });"
                        + " document.dispatchEvent(new Event('visibilitychange')); }",
                state);
    }

    /** Cuts the page off from the server; the news end its open poll, so that it notices. */
    void disconnect(Runnable news) {
        page.route("**/v1/**", Route::abort);
        news.run();
        assertThat(status()).containsText("Connection lost");
    }

    void reconnect() {
        page.unroute("**/v1/**");
        page.evaluate("dispatchEvent(new Event('online'))");
    }

    /** Holds all following polls without an answer, as a silent network does; the news end the open poll. */
    void holdPolls(Runnable news) {
        page.route("**/v1/updates", held::add);
        news.run();
        page.waitForCondition(() -> !held.isEmpty());
    }

    void releasePolls() {
        page.unroute("**/v1/updates");
        held.forEach(Route::resume);
    }

    /** Closes the browser profile and asserts that no foreign script ran or was tried. */
    void close() {
        context.close();
        assertEquals(List.of(), violations);
    }
}
