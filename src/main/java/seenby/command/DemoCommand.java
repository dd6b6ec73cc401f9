package seenby.command;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import seenby.config.ConfigException;
import seenby.demo.ArticleCase;
import seenby.demo.ArticleOutcome;
import seenby.demo.ArticleReport;
import seenby.group.GroupId;
import seenby.measurement.MemoryUsage;

/** {@code demo}: plays the article's case on a temporary server. */
public final class DemoCommand {
    private final Server.Starter starter;

    public DemoCommand(Server.Starter starter) {
        this.starter = starter;
    }

    /** Plays the case and prints its figures. Returns whether all of them are as expected. */
    public boolean run(List<String> flags) throws IOException, InterruptedException {
        if (!flags.isEmpty()) {
            throw new ConfigException("demo takes no arguments");
        }
        TemporaryServer server = TemporaryServer.start(starter, "demo", Clock.systemUTC());
        System.out.println("Playing the article's case on a temporary server; this takes half a minute.");
        MemoryUsage usage = new MemoryUsage(server.redis());
        ArticleOutcome outcome =
                ArticleCase.play(server.url(), server.adminToken(), group -> usage.unread(new GroupId(group)));
        System.out.print(ArticleReport.of(outcome));
        return outcome.faults().isEmpty();
    }
}
