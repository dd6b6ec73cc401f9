package seenby.crash;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Where the data of the servers is, one process of Redis after the other. */
interface CrashRedis extends AutoCloseable {
    /** What a server needs to find it. */
    List<String> settings();

    /** Makes it run, unless the server does that. */
    void start();

    List<ProcessHandle> processes();

    URI url();

    /** The append-only file. */
    Path data();

    /** Whether what a loss of power leaves at the end of the data is the business of the server. */
    boolean isRepaired();

    /** What can happen to it and to no other. */
    List<FaultKind> faults(CrashServer server);

    default void kill() {
        List<ProcessHandle> killed = processes();
        killed.forEach(ProcessHandle::destroyForcibly);
        killed.forEach(ended -> ended.onExit().join());
    }

    @Override
    void close();
}
