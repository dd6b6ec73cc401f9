package seenby.bench;

import seenby.client.Channel;
import seenby.load.LoadClient;
import seenby.measurement.ServerUsage;

/** A server that is compared with others. */
interface Peer extends AutoCloseable {
    String name();

    LoadClient client();

    ServerUsage usage();

    /** Creates a group in which the first user sends and as many others as this follow. */
    Channel create(String group, int members);

    void delete(String group);

    @Override
    void close();
}
