package seenby.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import seenby.client.Channel;
import seenby.client.SeenbyChannel;
import seenby.limits.BareServer;
import seenby.load.LoadClient;
import seenby.measurement.ChildProcess;
import seenby.measurement.ServerUsage;

/**
 * Seenby, or a bare hub that speaks its API. Groups exist in Seenby also for a bare hub, because one with a store needs
 * them in Redis.
 *
 * @param process the one of a bare hub; the measured server has none of these
 */
record HubPeer(String name, LoadClient client, Optional<ChildProcess> process, Stage stage) implements Peer {
    static HubPeer seenby(Stage stage) {
        return new HubPeer(Comparison.SEENBY, stage.client(), Optional.empty(), stage);
    }

    /**
     * Starts a bare hub.
     *
     * @param hub {@code Javalin} or {@code Jetty}
     * @param stores whether it stores each message in the Redis of the measured server
     */
    static HubPeer bare(String hub, boolean stores, Stage stage) throws IOException, InterruptedException {
        String name = "bare " + hub + (stores ? " + script" : "");
        Path redisConf = stage.server().redisConf();
        List<String> words = new ArrayList<>(List.of(BareServer.class.getName(), hub.toLowerCase(Locale.ROOT)));
        if (stores) {
            words.add(redisConf.toString());
        }
        Path output = redisConf.resolveSibling(name.replace(' ', '-') + ".log");
        ChildProcess process = ChildProcess.launchJava(output, List.of(), words);
        return new HubPeer(name, LoadClient.of(process.awaitPort()), Optional.of(process), stage);
    }

    @Override
    public ServerUsage usage() {
        ServerUsage measured = stage.server().usage();
        return process.map(own -> new ServerUsage(own.usage(), measured.redis()))
                .orElse(measured);
    }

    @Override
    public Channel create(String group, int members) {
        Accounts accounts = stage.accounts();
        accounts.group(group, 0, members + 1);
        return new SeenbyChannel(group, accounts.of(0), accounts.of(1, members), false);
    }

    @Override
    public void delete(String group) {
        stage.accounts().delete(group);
    }

    /** The measured server is the stage's to close. */
    @Override
    public void close() {
        process.ifPresent(own -> {
            client.close();
            own.close();
        });
    }
}
