package seenby.page;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.platform.commons.support.AnnotationSupport;
import seenby.support.Tools;

/**
 * The system's Chromium, one process for all tests of a JVM. Its driver serves one thread at a time, so each class that
 * uses it takes the {@link #LOCK}. Without Chromium the tests are skipped; in CI they fail.
 */
final class Chromium implements AutoCloseable {
    static final String LOCK = "chromium";

    private static final Path EXECUTABLE = Path.of("/usr/bin/chromium");
    /** Long, because the machine may be busy. */
    private static final double ASSERTION_MILLIS = 20_000;

    private static final List<String> FLAGS = List.of(
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium() {
        Tools.require(Files.isExecutable(EXECUTABLE), "There is no " + EXECUTABLE + " here: apt-get install chromium");
        PlaywrightAssertions.setDefaultAssertionTimeout(ASSERTION_MILLIS);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(EXECUTABLE)
                        .setChromiumSandbox(false)
                        .setArgs(FLAGS));
    }

    /** The browser of this JVM; JUnit closes it after the last test. */
    static Chromium of(ExtensionContext context) {
        boolean locks = AnnotationSupport.findRepeatableAnnotations(context.getElement(), ResourceLock.class).stream()
                .anyMatch(lock -> lock.value().equals(LOCK));
        assertTrue(locks, "needs @ResourceLock(Chromium.LOCK)");
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Chromium.class))
                .computeIfAbsent(Chromium.class, key -> new Chromium(), Chromium.class);
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        playwright.close();
    }
}
