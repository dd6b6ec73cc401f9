package seenby.logging;

import java.io.PrintStream;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.simple.SimpleLoggerFactory;
import org.slf4j.simple.SimpleServiceProvider;

/** Makes the log of a process JSON. SLF4J creates it, if {@link #choose} has told it to. */
public final class JsonLog extends SimpleServiceProvider {
    private final ILoggerFactory loggers = new Loggers(System.err);

    /** Makes every line JSON from now on. Call it before anything asks for a logger. */
    public static void choose() {
        System.setProperty("slf4j.provider", JsonLog.class.getName());
        // or SLF4J would tell of the choice, in a line that is not JSON
        System.setProperty("slf4j.internal.verbosity", "WARN");
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return loggers;
    }

    static final class Loggers extends SimpleLoggerFactory {
        private final PrintStream out;

        Loggers(PrintStream out) {
            this.out = out;
        }

        @Override
        protected Logger createLogger(String name) {
            return new JsonLogger(name, out);
        }
    }
}
