package seenby.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import seenby.docs.OpenApi;
import seenby.support.RunningServer;

/** The page at {@code /docs} in a browser. */
@ResourceLock(Chromium.LOCK)
class DocsPageIT {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared();

    @RegisterExtension
    static final TestBrowser BROWSER = new TestBrowser(SERVER);

    @Test
    void everyCallIsShownWithItsResponses() {
        Page page = BROWSER.visitor().page();
        page.navigate("http://127.0.0.1:" + SERVER.port() + "/docs");
        assertThat(page.locator(".opblock"))
                .hasCount(OpenApi.read().operations().size());

        Locator call = page.locator("#operations-Users-listUsers");
        call.locator("button.opblock-summary-control").click();

        assertThat(call).containsText("All users, sorted by id.");
        assertThat(call).containsText("X-RateLimit-Remaining");
        assertThat(call).containsText("rate_limited");
    }
}
