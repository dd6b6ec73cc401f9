package seenby.client;

import java.time.Duration;
import java.util.List;
import seenby.load.LoadClient;

/** Opens many polls, of which only some may be on their way to the server at once. */
public final class Ramp {
    private static final int AT_ONCE = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final LoadClient client;
    private final List<Follower> pollers;
    private int opened;
    private int answered;

    public Ramp(LoadClient client, List<Follower> pollers) {
        this.client = client;
        this.pollers = pollers;
    }

    public void run() {
        client.runUntil("all polls are open", PATIENCE, this::advance);
    }

    private boolean advance() {
        while (answered < opened && pollers.get(answered).isOpen()) {
            answered++;
        }
        while (opened < pollers.size() && opened - answered < AT_ONCE) {
            pollers.get(opened++).open();
        }
        return answered == pollers.size();
    }
}
