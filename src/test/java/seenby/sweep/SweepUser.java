package seenby.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import seenby.support.ApiClient;

/** A user who sends, acks, joins and leaves at random, and retries each request until it is answered. */
final class SweepUser implements Runnable {
    private static final long PAUSE_NANOS = Duration.ofMillis(2).toNanos();

    /** Longer, so that retries do not slow down a server that is starting. */
    private static final long PAUSE_BEFORE_A_RETRY_NANOS = Duration.ofMillis(25).toNanos();

    private static final Set<Integer> DONE = Set.of(200, 201, 204);
    private static final Set<Integer> GONE = Set.of(204, 404);

    private final ApiClient user;
    private final ApiClient owner;
    private final String path;
    private final boolean stable;
    private final SweepRecord record;
    private final BooleanSupplier ended;
    private final Random random = new Random();
    private boolean member = true;
    private boolean owes = true;
    private long after;
    private long cursor;

    /** @param stable whether it always stays a member and sends receipts */
    SweepUser(
            ApiClient user, ApiClient owner, String group, boolean stable, SweepRecord record, BooleanSupplier ended) {
        this.user = user;
        this.owner = owner;
        this.path = "/v1/groups/" + group;
        this.stable = stable;
        this.record = record;
        this.ended = ended;
    }

    @Override
    public void run() {
        for (int serial = 1; !ended.getAsBoolean(); serial++) {
            step(serial);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void step(int serial) {
        int dice = random.nextInt(20);
        if (!member) {
            join();
        } else if (dice == 0 && !stable) {
            leave();
        } else if (dice == 1 && !stable) {
            choose();
        } else if (dice < 9) {
            send(serial);
        } else if (dice < 15) {
            ackUpto();
        } else {
            ackOne();
        }
    }

    private void send(int serial) {
        Map<String, String> draft = Map.of("text", user.id() + " says " + serial, "client_id", "c" + serial);
        retry(DONE, () -> user.post(path + "/messages", draft)).ifPresent(it -> record.sent(it.json()));
    }

    private void ackUpto() {
        long upto = record.last();
        long from = Math.max(after, cursor) + 1;
        record.recordAttemptUpto(user.id(), upto);
        retry(DONE, () -> user.post(path + "/ack", Map.of("upto", upto))).ifPresent(ack -> {
            cursor = ack.json().get("last_ack").asLong();
            if (from <= upto) {
                recordAcked(from, upto);
            }
        });
    }

    /** If the first message is not archived yet, none is. */
    private void recordAcked(long from, long upto) {
        if (isLive(from)) {
            recordIfOwed(from, upto);
        } else if (isLive(upto)) {
            recordIfOwed(upto, upto);
        }
    }

    private void ackOne() {
        long last = record.last();
        long id = last - random.nextInt(10);
        if (id > after) {
            record.recordAttemptOne(user.id(), id);
            retry(DONE, () -> user.post(path + "/messages/" + id + "/ack")).ifPresent(ack -> recordAcked(id, id));
        }
    }

    private void recordIfOwed(long from, long upto) {
        if (owes) {
            record.acked(user.id(), from, upto);
        }
    }

    private boolean isLive(long id) {
        Optional<JsonNode> receipt = retry(DONE, () -> user.get(path + "/messages/" + id + "/receipts"))
                .map(ApiClient.Answer::json);
        return receipt.isPresent() && record.addReceipt(receipt.get());
    }

    private void leave() {
        if (retry(GONE, () -> user.delete(path + "/members/" + user.id())).isPresent()) {
            member = false;
        }
    }

    /** After a join, the cursor is the last message before it. */
    private void join() {
        retry(DONE, () -> owner.put(path + "/members/" + user.id()))
                .flatMap(joined -> retry(DONE, () -> user.get(path)))
                .ifPresent(group -> {
                    member = true;
                    after = group.json().get("last_ack").asLong();
                    cursor = after;
                });
    }

    /** Messages sent during this request may or may not count the user. */
    private void choose() {
        boolean next = !owes;
        owes = false;
        retry(DONE, () -> user.patch("/v1/me", Map.of("send_read_receipts", next)))
                .flatMap(chosen -> retry(DONE, () -> user.get(path)))
                .ifPresent(group -> {
                    owes = next;
                    after = group.json().get("last_id").asLong();
                });
    }

    /** Retries until the request is answered, as a client does; empty if the workload ends first. */
    private Optional<ApiClient.Answer> retry(Set<Integer> expected, Supplier<ApiClient.Answer> request) {
        Optional<ApiClient.Answer> answer = attempt(expected, request);
        while (answer.isEmpty() && !ended.getAsBoolean()) {
            LockSupport.parkNanos(PAUSE_BEFORE_A_RETRY_NANOS);
            answer = attempt(expected, request);
        }
        return answer;
    }

    private Optional<ApiClient.Answer> attempt(Set<Integer> expected, Supplier<ApiClient.Answer> request) {
        try {
            ApiClient.Answer answer = request.get();
            if (expected.contains(answer.status())) {
                return Optional.of(answer);
            }
            record.check(answer.status() == 503 && !answer.header("Retry-After").isEmpty(), user.id() + ": " + answer);
        } catch (CompletionException noServer) {
            // the server was killed; the next attempt asks its successor
        }
        return Optional.empty();
    }
}
