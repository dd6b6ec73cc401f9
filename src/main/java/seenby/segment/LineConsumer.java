package seenby.segment;

import java.io.IOException;

/** Receives lines one by one. */
@FunctionalInterface
public interface LineConsumer {
    /** A line with the newline at its end. */
    void accept(long id, byte[] line) throws IOException;
}
