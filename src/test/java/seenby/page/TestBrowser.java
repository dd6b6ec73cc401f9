package seenby.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/**
 * Opens the page of a server in the browser of this JVM. After each test it closes what the test has opened, and checks
 * that the page's content security policy has refused nothing.
 */
final class TestBrowser implements BeforeAllCallback, AfterEachCallback {
    private final RunningServer server;
    private final List<Visitor> visitors = new ArrayList<>();
    private Optional<Browser> browser = Optional.empty();

    TestBrowser(RunningServer server) {
        this.server = server;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        browser = Optional.of(Chromium.of(context).browser());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<Visitor> open = List.copyOf(visitors);
        visitors.clear();
        open.forEach(Visitor::close);
    }

    /**
     * A visitor who has opened the page, on a desktop, in English and in the light scheme unless the options differ.
     */
    Visitor visitor(Consumer<Browser.NewContextOptions> options) {
        Browser.NewContextOptions chosen = new Browser.NewContextOptions()
                .setViewportSize(1120, 720)
                .setLocale("en-GB")
                .setColorScheme(ColorScheme.LIGHT)
                // the requests of a worker cannot be routed
                .setServiceWorkers(ServiceWorkerPolicy.BLOCK);
        options.accept(chosen);
        BrowserContext context = browser.orElseThrow().newContext(chosen);
        Visitor visitor = new Visitor(context, server);
        visitors.add(visitor);
        return visitor;
    }

    Visitor visitor() {
        return visitor(options -> {});
    }

    /** A visitor who has signed in. */
    Visitor as(ApiClient user) {
        return visitor().signIn(user);
    }
}
