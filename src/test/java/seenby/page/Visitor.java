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

/** Somebody who looks at the page, in a browser profile of its own. */
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
        page.onConsoleMessage(message -> note(message.text()));
        page.onPageError(error -> violations.add("error on the page: " + error));
        page.onDialog(dialog -> {
            violations.add("a script said: " + dialog.message());
            dialog.dismiss();
        });
        page.navigate("http://127.0.0.1:" + server.port() + "/");
    }

    /** The page once more, in the same profile, which the first one closes. */
    Visitor anotherTab() {
        return new Visitor(context, server, violations);
    }

    private void note(String console) {
        if (console.contains("Content Security Policy") || console.contains("Content-Security-Policy")) {
            violations.add(console);
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

    /** What stands under a message of who has read it. */
    Locator receipt(long id) {
        return message(id).locator(".receipt");
    }

    void scrollTo(String end) {
        page.locator(".scroll").evaluate("(at, end) => at.scrollTop = end === 'top' ? 0 : at.scrollHeight", end);
    }

    /** The tab is hidden from now on, as far as the page is told. */
    void turnAway() {
        visibility("hidden");
    }

    void turnBack() {
        visibility("visible");
    }

    private void visibility(String state) {
        page.evaluate(
                "state => { Object.defineProperty(document, 'visibilityState', { get: () => state, configurable: true });"
                        + " document.dispatchEvent(new Event('visibilitychange')); }",
                state);
    }

    /** Ends the poll that is open by what is given; from then on the server can't be reached. */
    void disconnect(Runnable news) {
        page.route("**/v1/**", Route::abort);
        news.run();
        assertThat(status()).containsText("Connection lost");
    }

    void reconnect() {
        page.unroute("**/v1/**");
        page.evaluate("dispatchEvent(new Event('online'))");
    }

    /** Ends the poll that is open by what is given, and holds those that follow, as a network may that says nothing. */
    void holdPolls(Runnable news) {
        page.route("**/v1/updates", held::add);
        news.run();
        page.waitForCondition(() -> !held.isEmpty());
    }

    void letPollsGo() {
        page.unroute("**/v1/updates");
        held.forEach(Route::resume);
    }

    /** Closes its browser profile; nothing may have run, or been tried, that the page did not bring. */
    void leave() {
        context.close();
        assertEquals(List.of(), violations);
    }
}
