package seenby.bench;

import java.io.IOException;

/** Something that {@code bench} measures. */
public interface Scenario {
    /** The word on the command line. */
    String name();

    /** What it measures, in one line. */
    String measures();

    /** Measures, and adds its figures and whatever is wrong to the report. */
    void run(Bench bench) throws IOException, InterruptedException;
}
