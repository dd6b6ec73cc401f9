package seenby.command;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import seenby.bench.ArticleCase;
import seenby.bench.ArticleOutcome;
import seenby.bench.ArticleReport;
import seenby.config.ConfigException;
import seenby.group.GroupId;
import seenby.measurement.MemoryUsage;

/** The article's case on a server of its own. */
public final class DemoCommand {
    private final Server.Starter starter;

    public DemoCommand(Server.Starter starter) {
        this.starter = starter;
    }

    /** Plays it and prints the figures; true where all of them are as they should be. */
    public boolean run(List<String> flags) throws IOException, InterruptedException {
        if (!flags.isEmpty()) {
            throw new ConfigException("demo takes nothing after it");
        }
        TemporaryServer server = TemporaryServer.start(starter, "demo", Clock.systemUTC());
        System.out.println("The article's case on a server of its own; this takes some seconds.");
        MemoryUsage usage = new MemoryUsage(server.redis());
        ArticleOutcome outcome =
                ArticleCase.play(server.url(), server.adminToken(), group -> usage.unread(new GroupId(group)));
        System.out.print(ArticleReport.of(outcome));
        return outcome.faults().isEmpty();
    }
}
