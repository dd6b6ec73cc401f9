package seenby;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import seenby.bench.ArticleCase;
import seenby.bench.ArticleOutcome;
import seenby.bench.ArticleReport;
import seenby.config.ConfigException;

/** The article's case on a server of its own. */
final class Demo {
    private Demo() {}

    /** Plays it and prints the figures; true where all of them are as they should be. */
    static boolean run(List<String> flags) throws IOException, InterruptedException {
        if (!flags.isEmpty()) {
            throw new ConfigException("demo takes nothing after it");
        }
        OwnServer server = OwnServer.start("demo", Clock.systemUTC());
        System.out.println("The article's case on a server of its own; this takes some seconds.");
        ArticleOutcome outcome = ArticleCase.play(server.url(), server.adminToken(), server.seenby()::receiptBytes);
        System.out.print(ArticleReport.of(outcome));
        return outcome.faults().isEmpty();
    }
}
