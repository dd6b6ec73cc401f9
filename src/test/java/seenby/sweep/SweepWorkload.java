package seenby.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static seenby.support.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import seenby.support.ApiClient;
import seenby.support.Sweeps;

/**
 * People who talk in one group while it is swept, and servers may come and go. Some of them leave and come back, and turn
 * their receipts off and on. Whatever they were answered is looked for in the archive afterwards.
 */
public final class SweepWorkload implements AutoCloseable {
    private final String group;
    private final ApiClient owner;
    private final Set<String> stable;
    private final SweepRecord witness = new SweepRecord();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ended;

    private SweepWorkload(String group, List<ApiClient> stable, List<ApiClient> others) {
        this.group = group;
        this.owner = stable.get(0);
        this.stable = stable.stream().map(ApiClient::id).collect(Collectors.toSet());
        stable.forEach(user -> add(user, true));
        others.forEach(user -> add(user, false));
    }

    private void add(ApiClient user, boolean isStable) {
        Thread thread = new Thread(new SweepUser(user, owner, group, isStable, witness, () -> ended), user.id());
        thread.setDaemon(true);
        threads.add(thread);
    }

    /** Makes the group, and lets them begin. */
    public static SweepWorkload of(String group, List<ApiClient> stable, List<ApiClient> others) {
        List<String> ids = new ArrayList<>();
        stable.forEach(user -> ids.add(user.id()));
        others.forEach(user -> ids.add(user.id()));
        stable.get(0)
                .post("/v1/groups", Map.of("id", group, "members", ids, "receipts", "members"))
                .expect(201);
        SweepWorkload talk = new SweepWorkload(group, stable, others);
        talk.threads.forEach(Thread::start);
        return talk;
    }

    public String group() {
        return group;
    }

    public int sends() {
        return witness.sends();
    }

    /** How many acks the archive must show, as they were answered before it had their messages. */
    public int acks() {
        return witness.acks();
    }

    /** Waits until so many more messages have been answered. */
    public void awaitSends(int more) {
        int target = sends() + more;
        eventually(more + " more messages", () -> sends() >= target);
    }

    public void end() {
        ended = true;
        threads.forEach(thread -> eventually(thread.getName() + " ends", () -> !thread.isAlive()));
    }

    @Override
    public void close() {
        end();
    }

    /** Asks for what is archived at any moment, in one request: it must add up. */
    public void look() {
        counts(Math.max(1, witness.last() - 900)).forEach(count -> {
            long sum = count.get("read").asLong() + count.get("unread").asLong();
            witness.check(count.get("recipients").asLong() == sum, "counts add up: " + count);
        });
    }

    private JsonNode counts(long from) {
        return owner.get("/v1/groups/" + group + "/receipts?from=" + from)
                .expect(200)
                .json()
                .get("receipts");
    }

    /** Waits until all is archived, once they have ended; Redis may have been killed a moment ago. */
    public void awaitArchived() {
        eventually(group + " is there", () -> owner.get("/v1/groups/" + group).status() != 503);
        long last = owner.get("/v1/groups/" + group)
                .expect(200)
                .json()
                .get("last_id")
                .asLong();
        eventually(
                "all of " + group + " is archived",
                () -> owner.receipts(group, last).get("archived").asBoolean());
    }

    /** Compares the archive with what was answered, and what is answered now with the archive. */
    public void check(Path archive) {
        long last = owner.get("/v1/groups/" + group).json().get("last_id").asLong();
        for (long id = 1; id <= last; id++) {
            witness.saw(owner.receipts(group, id));
        }
        List<String> lines = Sweeps.lines(archive, group, "");
        assertEquals(last, lines.size());
        witness.compare(lines, stable);
        for (long from = 1; from <= last; from += 1000) {
            counts(from).forEach(count -> witness.check(isAsArchived(count), "as archived: " + count));
        }
        witness.compare(lines, stable);
    }

    private boolean isAsArchived(JsonNode count) {
        JsonNode receipt = witness.frozen(count.get("id").asLong());
        return List.of("recipients", "read", "unread").stream()
                .allMatch(field -> receipt.get(field).equals(count.get(field)));
    }
}
