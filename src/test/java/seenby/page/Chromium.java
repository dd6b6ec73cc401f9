package seenby.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.platform.commons.support.AnnotationSupport;
import seenby.support.Tools;

/**
 * The system's Chromium, two processes for all tests of a JVM. Their drivers serve one thread at a time, so each class
 * that uses one takes its lock: {@link #LOCK} or {@link #SECOND_LOCK}. Both should be busy for about the same time.
 * Without Chromium the tests are skipped; in CI they fail.
 */
final class Chromium implements AutoCloseable {
    static final String LOCK = "chromium";
    static final String SECOND_LOCK = "second chromium";

    /** Debian's, the smallest first: the headless shell takes a third less CPU time. */
    private static final List<Path> EXECUTABLES =
            List.of(Path.of("/usr/bin/chromium-headless-shell"), Path.of("/usr/bin/chromium"));

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
        Optional<Path> executable =
                EXECUTABLES.stream().filter(Files::isExecutable).findFirst();
        Tools.require(executable.isPresent(), "There is none of " + EXECUTABLES + ": apt-get install chromium");
        PlaywrightAssertions.setDefaultAssertionTimeout(ASSERTION_MILLIS);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable.orElseThrow())
                        .setChromiumSandbox(false)
                        .setArgs(FLAGS));
    }

    /** The browser whose lock the class takes; JUnit closes it after the last test. */
    static Chromium of(ExtensionContext context) {
        String lock = AnnotationSupport.findRepeatableAnnotations(context.getElement(), ResourceLock.class).stream()
                .map(ResourceLock::value)
                .filter(List.of(LOCK, SECOND_LOCK)::contains)
                .findFirst()
                .orElseThrow(() -> new AssertionError("needs @ResourceLock(Chromium.LOCK)"));
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Chromium.class))
                .computeIfAbsent(lock, key -> new Chromium(), Chromium.class);
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        playwright.close();
    }
}
