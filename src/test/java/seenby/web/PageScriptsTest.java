package seenby.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seenby.docs.Shell;
import seenby.support.Tools;

/**
 * The scripts of the page and of the examples pass the linter and the tests in {@code src/test/js}. Without Node or npm
 * the tests are skipped; in CI they fail.
 */
class PageScriptsTest {
    private static final Path PACKAGE = Path.of("src/test/js").toAbsolutePath();
    private static final String NODE = "node -e 'process.exit(parseInt(process.versions.node) >= 18 ? 0 : 1)'";

    @TempDir
    static Path directory;

    @BeforeAll
    static void install() throws IOException {
        Tools.require(Tools.work(NODE + " && npm --version"), "Needs Node 18 and npm: apt-get install nodejs npm");
        if (!isInstalled()) {
            npm("ci");
        }
    }

    /** npm writes its copy of the lock file once everything is installed. */
    private static boolean isInstalled() throws IOException {
        Path copy = PACKAGE.resolve("node_modules/.package-lock.json");
        Path lock = PACKAGE.resolve("package-lock.json");
        return Files.exists(copy) && Files.getLastModifiedTime(copy).compareTo(Files.getLastModifiedTime(lock)) >= 0;
    }

    private static void npm(String command) {
        new Shell(directory).run("cd '" + PACKAGE + "'\nnpm " + command + "\n");
    }

    @Test
    void theScriptsPassTheLinter() {
        npm("run --silent lint");
    }

    @Test
    void theScriptsPassTheirTests() {
        npm("test");
    }
}
