package seenby.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import seenby.client.Channel;
import seenby.client.NchanChannel;
import seenby.limits.Nchan;
import seenby.load.Connection;
import seenby.load.LoadClient;
import seenby.measurement.ServerUsage;

/** Nchan, which has no accounts and no receipts. */
record NchanPeer(Nchan server, LoadClient client) implements Peer {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * Starts it.
     *
     * @param module the module of nginx
     * @param directory takes its files
     */
    static NchanPeer start(Path module, Path directory) throws IOException, InterruptedException {
        Nchan server = Nchan.start(module, directory);
        return new NchanPeer(server, LoadClient.of(server.port()));
    }

    @Override
    public String name() {
        return "Nchan";
    }

    @Override
    public ServerUsage usage() {
        return new ServerUsage(server.usage(), Optional.empty());
    }

    @Override
    public Channel create(String group, int members) {
        NchanChannel channel = new NchanChannel(group, members);
        ask(channel.send("the first message"));
        return channel;
    }

    @Override
    public void delete(String group) {
        ask(new NchanChannel(group, 0).delete());
    }

    private void ask(byte[] request) {
        AtomicBoolean answered = new AtomicBoolean();
        Connection connection = client.connection((same, response) -> {
            response.requireSuccess();
            answered.set(true);
        });
        connection.send(request);
        client.runUntil("a request is answered", PATIENCE, answered::get);
        connection.close();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
