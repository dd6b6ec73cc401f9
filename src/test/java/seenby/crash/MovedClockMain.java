package seenby.crash;

import java.nio.file.Path;
import java.util.List;
import seenby.Seenby;
import seenby.config.ConfigSources;
import seenby.platform.OutOfMemory;

/** The server with a clock that can be moved, as a process. Nobody ends it in order. */
final class MovedClockMain {
    /** In its working directory. */
    static final String CLOCK = "clock";

    private MovedClockMain() {}

    public static void main(String[] flags) {
        OutOfMemory.endsTheProcess();
        Path here = Path.of("");
        Seenby seenby = Seenby.start(
                ConfigSources.read(List.of(flags), System.getenv(), here), MovedClock.of(here.resolve(CLOCK)));
        System.out.println("Seenby listens on http://127.0.0.1:" + seenby.port());
        System.out.println("Try: nothing, this is a test");
    }
}
