package seenby.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import seenby.support.ApiClient;
import seenby.support.RunningServer;
import seenby.support.Tools;

/**
 * The system's chromium, for all tests of a class; what a test opens is closed after it, and then nothing may have been
 * refused by the page's own policy. Where there is no chromium the tests are skipped; in CI that is a failure.
 */
final class TestBrowser implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final double PATIENCE_MILLIS = 20_000;
    private static final List<String> FLAGS = List.of(
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final RunningServer server;
    private final List<Visitor> visitors = new ArrayList<>();
    private Optional<Playwright> playwright = Optional.empty();
    private Optional<Browser> browser = Optional.empty();

    TestBrowser(RunningServer server) {
        this.server = server;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Tools.require(Files.isExecutable(CHROMIUM), "There is no " + CHROMIUM + " here: apt-get install chromium");
        // others may use the machine at the same time
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        Playwright driver = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        playwright = Optional.of(driver);
        browser = Optional.of(driver.chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setChromiumSandbox(false)
                        .setArgs(FLAGS)));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<Visitor> open = List.copyOf(visitors);
        visitors.clear();
        open.forEach(Visitor::leave);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        browser.ifPresent(Browser::close);
        playwright.ifPresent(Playwright::close);
    }

    /** Somebody at a desk, in English, in daylight, who has opened the page; otherwise where options say so. */
    Visitor visitor(Consumer<Browser.NewContextOptions> options) {
        Browser.NewContextOptions chosen = new Browser.NewContextOptions()
                .setViewportSize(1120, 720)
                .setLocale("en-GB")
                .setColorScheme(ColorScheme.LIGHT);
        options.accept(chosen);
        BrowserContext context = browser.orElseThrow().newContext(chosen);
        Visitor visitor = new Visitor(context, server);
        visitors.add(visitor);
        return visitor;
    }

    Visitor visitor() {
        return visitor(options -> {});
    }

    /** One who has signed in. */
    Visitor as(ApiClient user) {
        return visitor().signIn(user);
    }
}
