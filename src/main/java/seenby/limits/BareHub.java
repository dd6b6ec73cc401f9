package seenby.limits;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import seenby.group.GroupId;
import seenby.message.Draft;
import seenby.message.Messages;
import seenby.user.UserId;

/** One group in memory, as bare as a hub for long polls can be: no accounts, no receipts, nothing durable. */
final class BareHub {
    private static final int PAGE = 100;

    private final Optional<Messages> store;
    private final List<byte[]> log = new ArrayList<>();
    private List<Runnable> waiting = new ArrayList<>();
    private byte[] shared = {};
    private int sharedFrom = -1;
    private int sharedEnd;

    /** @param store where each message is stored first; empty for nowhere */
    BareHub(Optional<Messages> store) {
        this.store = store;
    }

    /** Whether a send waits for a store. */
    boolean blocks() {
        return store.isPresent();
    }

    /** Answers with the messages after a position: at once if there are any or nothing is to be waited for. */
    void poll(String since, boolean waits, Consumer<byte[]> to) {
        Optional<byte[]> now = Optional.empty();
        synchronized (this) {
            int from = since.isEmpty() ? log.size() : Integer.parseInt(since);
            if (from < log.size() || !waits) {
                now = Optional.of(answer(from));
            } else {
                waiting.add(() -> to.accept(answer(from)));
            }
        }
        now.ifPresent(to);
    }

    /** Stores a message and wakes all who wait. Returns the answer. */
    byte[] send(String group, String sender, String text) {
        store.ifPresent(to -> {
            var unused = to.send(new GroupId(group), new UserId(sender), new Draft(text, Optional.empty()));
        });
        List<Runnable> woken;
        int id;
        synchronized (this) {
            id = log.size() + 1;
            log.add(("{\"group\":\"g\",\"id\":" + id + ",\"sender\":\"" + sender
                            + "\",\"sent_at\":\"2026-01-01T00:00:00.000Z\",\"text\":\"" + text + "\"}")
                    .getBytes(UTF_8));
            woken = waiting;
            waiting = new ArrayList<>();
        }
        woken.forEach(Runnable::run);
        return ("{\"group\":\"g\",\"id\":" + id + ",\"recipients\":1}").getBytes(UTF_8);
    }

    /** All who wait for the same message share one answer. */
    private synchronized byte[] answer(int from) {
        if (sharedFrom != from || sharedEnd != log.size()) {
            shared = json(from);
            sharedFrom = from;
            sharedEnd = log.size();
        }
        return shared;
    }

    private byte[] json(int from) {
        int end = Math.min(log.size(), from + PAGE);
        StringBuilder json = new StringBuilder("{\"next\":\"").append(end).append("\",\"messages\":[");
        for (int i = from; i < end; i++) {
            json.append(i > from ? "," : "").append(new String(log.get(i), UTF_8));
        }
        return json.append("],\"reads\":[],\"nudges\":[],\"left\":[],\"resync\":[],\"trimmed\":[],\"more\":")
                .append(end < log.size())
                .append("}")
                .toString()
                .getBytes(UTF_8);
    }
}
