package seenby.client;

import java.util.function.BooleanSupplier;
import seenby.load.LoadClient;

/** Something that loads a server beside those whose latencies are measured. */
public interface Neighbour {
    /**
     * Loads the server.
     *
     * @param begun is run when the load has begun
     * @param isOver says when to end
     */
    void load(LoadClient client, Runnable begun, BooleanSupplier isOver);
}
