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

/** One who sends and acks in a group, one thing after another, and repeats what was not answered until it is. */
final class SweepUser implements Runnable {
    private static final long PAUSE_NANOS = Duration.ofMillis(2).toNanos();

    /** Longer, so that a server that is starting has the machine for itself. */
    private static final long PAUSE_BEFORE_A_RETRY_NANOS = Duration.ofMillis(25).toNanos();

    private static final Set<Integer> DONE = Set.of(200, 201, 204);
    private static final Set<Integer> GONE = Set.of(204, 404);

    private final ApiClient user;
    private final ApiClient owner;
    private final String path;
    private final boolean stable;
    private final SweepRecord witness;
    private final BooleanSupplier ended;
    private final Random random = new Random();
    private boolean member = true;
    private boolean owes = true;
    private long after;
    private long cursor;

    /** @param stable whether it stays, and sends receipts, all the time */
    SweepUser(
            ApiClient user, ApiClient owner, String group, boolean stable, SweepRecord witness, BooleanSupplier ended) {
        this.user = user;
        this.owner = owner;
        this.path = "/v1/groups/" + group;
        this.stable = stable;
        this.witness = witness;
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
            ackAlone();
        }
    }

    private void send(int serial) {
        Map<String, String> draft = Map.of("text", user.id() + " says " + serial, "client_id", "c" + serial);
        asked(DONE, () -> user.post(path + "/messages", draft)).ifPresent(it -> witness.sent(it.json()));
    }

    private void ackUpto() {
        long upto = witness.last();
        long from = Math.max(after, cursor) + 1;
        witness.triesUpto(user.id(), upto);
        asked(DONE, () -> user.post(path + "/ack", Map.of("upto", upto))).ifPresent(ack -> {
            cursor = ack.json().get("last_ack").asLong();
            if (from <= upto) {
                noteAcked(from, upto);
            }
        });
    }

    /** Where the first of them is not archived yet, none is. */
    private void noteAcked(long from, long upto) {
        if (isLive(from)) {
            claim(from, upto);
        } else if (isLive(upto)) {
            claim(upto, upto);
        }
    }

    private void ackAlone() {
        long last = witness.last();
        long id = last - random.nextInt(10);
        if (id > after) {
            witness.triesAlone(user.id(), id);
            asked(DONE, () -> user.post(path + "/messages/" + id + "/ack")).ifPresent(ack -> noteAcked(id, id));
        }
    }

    private void claim(long from, long upto) {
        if (owes) {
            witness.acked(user.id(), from, upto);
        }
    }

    private boolean isLive(long id) {
        Optional<JsonNode> receipt = asked(DONE, () -> user.get(path + "/messages/" + id + "/receipts"))
                .map(ApiClient.Answer::json);
        return receipt.isPresent() && witness.saw(receipt.get());
    }

    private void leave() {
        if (asked(GONE, () -> user.delete(path + "/members/" + user.id())).isPresent()) {
            member = false;
        }
    }

    /** Its cursor tells what it has joined after. */
    private void join() {
        asked(DONE, () -> owner.put(path + "/members/" + user.id()))
                .flatMap(joined -> asked(DONE, () -> user.get(path)))
                .ifPresent(group -> {
                    member = true;
                    after = group.json().get("last_ack").asLong();
                    cursor = after;
                });
    }

    /** What is sent while the choice is on its way may be owed or not. */
    private void choose() {
        boolean next = !owes;
        owes = false;
        asked(DONE, () -> user.patch("/v1/me", Map.of("send_read_receipts", next)))
                .flatMap(chosen -> asked(DONE, () -> user.get(path)))
                .ifPresent(group -> {
                    owes = next;
                    after = group.json().get("last_id").asLong();
                });
    }

    /** Asks until it is answered, as a client does, however long a busy machine takes; empty when all is over before. */
    private Optional<ApiClient.Answer> asked(Set<Integer> expected, Supplier<ApiClient.Answer> request) {
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
            witness.check(
                    answer.status() == 503 && !answer.header("Retry-After").isEmpty(), user.id() + ": " + answer);
        } catch (CompletionException noServer) {
            // it was killed; the next one is asked
        }
        return Optional.empty();
    }
}
