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
 * Users who send and ack in one group while it is swept and while servers may be killed and restarted. Some of them
 * leave and rejoin, and opt out and in again. Afterwards every answer is compared with the archive.
 */
public final class SweepWorkload implements AutoCloseable {
    private final String group;
    private final ApiClient owner;
    private final Set<String> stable;
    private final SweepRecord record = new SweepRecord();
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
        Thread thread = new Thread(new SweepUser(user, owner, group, isStable, record, () -> ended), user.id());
        thread.setDaemon(true);
        threads.add(thread);
    }

    /** Creates the group and starts the users. */
    public static SweepWorkload of(String group, List<ApiClient> stable, List<ApiClient> others) {
        List<String> ids = new ArrayList<>();
        stable.forEach(user -> ids.add(user.id()));
        others.forEach(user -> ids.add(user.id()));
        stable.get(0)
                .post("/v1/groups", Map.of("id", group, "members", ids, "receipts", "members"))
                .expect(201);
        SweepWorkload workload = new SweepWorkload(group, stable, others);
        workload.threads.forEach(Thread::start);
        return workload;
    }

    public String group() {
        return group;
    }

    public int sends() {
        return record.sends();
    }

    /** The number of acks that the archive must show because they were answered before the sweep. */
    public int acks() {
        return record.acks();
    }

    /** Waits until this many more messages are answered. */
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

    /** Requests the counts of archived and live messages at once; they must add up. */
    public void checkCounts() {
        counts(Math.max(1, record.last() - 900)).forEach(count -> {
            long sum = count.get("read").asLong() + count.get("unread").asLong();
            record.check(count.get("recipients").asLong() == sum, "counts add up: " + count);
        });
    }

    private JsonNode counts(long from) {
        return owner.get("/v1/groups/" + group + "/receipts?from=" + from)
                .expect(200)
                .json()
                .get("receipts");
    }

    /** Waits until everything is archived, after the users have ended; Redis may have been killed just before. */
    public void awaitArchived() {
        eventually(
                group + " is available", () -> owner.get("/v1/groups/" + group).status() != 503);
        long last = owner.get("/v1/groups/" + group)
                .expect(200)
                .json()
                .get("last_id")
                .asLong();
        eventually(
                group + " is archived",
                () -> owner.receipts(group, last).get("archived").asBoolean());
    }

    /** Compares the archive with all earlier answers, and the present answers with the archive. */
    public void check(Path archive) {
        long last = owner.get("/v1/groups/" + group).json().get("last_id").asLong();
        for (long id = 1; id <= last; id++) {
            record.addReceipt(owner.receipts(group, id));
        }
        List<String> lines = Sweeps.lines(archive, group, "");
        assertEquals(last, lines.size());
        record.compare(lines, stable);
        for (long from = 1; from <= last; from += 1000) {
            counts(from).forEach(count -> record.check(isAsArchived(count), "as archived: " + count));
        }
        record.compare(lines, stable);
    }

    private boolean isAsArchived(JsonNode count) {
        JsonNode receipt = record.frozen(count.get("id").asLong());
        return List.of("recipients", "read", "unread").stream()
                .allMatch(field -> receipt.get(field).equals(count.get(field)));
    }
}
