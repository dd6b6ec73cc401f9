package seenby.process;

import static seenby.support.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import seenby.support.ApiClient;
import seenby.support.ServerProcess;

/**
 * Users who send and ack in one group while the server is killed and restarted, and who retry unanswered requests. The
 * workload records every answer and checks it against the server later.
 */
public final class CrashWorkload implements AutoCloseable {
    private static final String GROUP = "load";
    private static final Set<Integer> DONE = Set.of(200, 201);

    private final Map<Long, String> textById = new ConcurrentHashMap<>();
    private final Map<String, Long> cursorByUser = new ConcurrentHashMap<>();
    private final Set<String> wrong = ConcurrentHashMap.newKeySet();
    private final AtomicInteger sends = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private final List<ApiClient> users;
    private volatile ServerProcess server;
    private volatile boolean ended;

    private CrashWorkload(ServerProcess first, int size) {
        server = first;
        users = IntStream.range(0, size)
                .mapToObj(i -> first.user("user-" + i))
                .map(user -> new ApiClient(() -> server.port(), user.id(), user.token()))
                .toList();
        List<String> ids = users.stream().map(ApiClient::id).toList();
        first.admin()
                .post("/v1/groups", Map.of("id", GROUP, "members", ids, "receipts", "members"))
                .expect(201);
    }

    /** Creates the users and their group, and starts them. */
    public static CrashWorkload of(ServerProcess server, int users) {
        CrashWorkload load = new CrashWorkload(server, users);
        for (ApiClient user : load.users) {
            Thread thread = new Thread(() -> load.run(user), user.id());
            thread.setDaemon(true);
            load.threads.add(thread);
            thread.start();
        }
        return load;
    }

    private void run(ApiClient user) {
        for (int serial = 1; !ended; serial++) {
            String text = user.id() + " says " + serial;
            retry(user, "/messages", Map.of("text", text, "client_id", "c" + serial))
                    .ifPresent(message -> recordSent(message, text));
            if (serial % 3 == 0) {
                long upto = textById.keySet().stream().max(Long::compare).orElse(0L);
                retry(user, "/ack", Map.of("upto", upto)).ifPresent(ack -> recordAcked(user, ack));
            }
        }
    }

    private void recordSent(JsonNode message, String text) {
        long id = message.get("id").asLong();
        String before = textById.put(id, text);
        if (before != null || !message.get("text").asText().equals(text)) {
            wrong.add(id + " is " + text + " and " + before + ": " + message);
        }
        sends.incrementAndGet();
    }

    private void recordAcked(ApiClient user, JsonNode ack) {
        cursorByUser.put(user.id(), ack.get("last_ack").asLong());
    }

    /** Retries until the request is answered, as a client does; empty if the workload ends first. */
    private Optional<JsonNode> retry(ApiClient user, String path, Object body) {
        List<JsonNode> answer = new ArrayList<>();
        eventually(
                "an answer",
                () -> ended || attempt(user, path, body).map(answer::add).isPresent());
        return answer.stream().findFirst();
    }

    private Optional<JsonNode> attempt(ApiClient user, String path, Object body) {
        try {
            ApiClient.Answer answer = user.post("/v1/groups/" + GROUP + path, body);
            if (DONE.contains(answer.status())) {
                return Optional.of(answer.json());
            }
            if (answer.status() != 503 || answer.header("Retry-After").isEmpty()) {
                wrong.add(answer.toString());
            }
        } catch (CompletionException noServer) {
            // the server was killed; the next attempt asks its successor
        }
        return Optional.empty();
    }

    /** Directs all further requests to this server. */
    public void switchTo(ServerProcess next) {
        server = next;
    }

    /** Waits until this many more messages are answered. */
    public void awaitSends(int more) {
        int target = sends.get() + more;
        eventually(more + " more messages", () -> sends.get() >= target);
    }

    public void end() {
        ended = true;
        threads.forEach(thread -> eventually(thread.getName() + " ends", () -> !thread.isAlive()));
    }

    @Override
    public void close() {
        end();
    }

    /** Checks the answers so far, while users continue to send. */
    public void checkAnswered() {
        Map<Long, String> messages = Map.copyOf(textById);
        Map<String, Long> cursors = Map.copyOf(cursorByUser);
        List<JsonNode> stored = history();
        for (int i = 0; i < stored.size(); i++) {
            check(stored.get(i).get("id").asLong() == i + 1, "ids are dense: " + stored.get(i));
        }
        messages.forEach((id, text) -> check(
                id <= stored.size()
                        && stored.get((int) (id - 1)).get("text").asText().equals(text),
                "message " + id + " is kept"));
        for (ApiClient user : users) {
            long cursor = cursors.getOrDefault(user.id(), 0L);
            JsonNode group = user.get("/v1/groups/" + GROUP).expect(200).json();
            check(group.get("last_ack").asLong() >= cursor, user.id() + " has acked " + cursor + ": " + group);
        }
        check(wrong.isEmpty(), "no answer is wrong: " + wrong);
    }

    /** Checks after the end that nothing was stored twice and that each receipt agrees with the cursors. */
    public void checkAll() {
        checkAnswered();
        check(textById.size() > users.size(), "users have sent messages");
        List<JsonNode> stored = history();
        Set<String> texts = new HashSet<>();
        stored.forEach(message -> check(texts.add(message.get("text").asText()), "stored twice: " + message));
        long step = Math.max(1, stored.size() / 40);
        for (long id = 1; id <= stored.size(); id += step) {
            checkReceipts(id, stored.get((int) id - 1).get("sender").asText());
        }
    }

    private void checkReceipts(long id, String sender) {
        JsonNode receipts = users.get(0).receipts(GROUP, id);
        Set<String> readers = Set.copyOf(ApiClient.each(receipts.get("readers"), "id"));
        for (ApiClient user : users) {
            JsonNode group = user.get("/v1/groups/" + GROUP).expect(200).json();
            boolean owes = !user.id().equals(sender);
            boolean has = group.get("last_ack").asLong() >= id;
            check(readers.contains(user.id()) == (owes && has), user.id() + " in the receipts of " + receipts);
        }
    }

    private List<JsonNode> history() {
        List<JsonNode> all = new ArrayList<>();
        JsonNode page;
        do {
            page = users.get(0)
                    .get("/v1/groups/" + GROUP + "/messages?limit=1000&after=" + all.size())
                    .expect(200)
                    .json();
            page.get("messages").forEach(all::add);
        } while (page.get("more").asBoolean());
        return all;
    }

    private static void check(boolean holds, String claim) {
        if (!holds) {
            throw new AssertionError("failed check: " + claim);
        }
    }
}
