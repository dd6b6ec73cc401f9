package seenby.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import seenby.support.ApiClient;

/** The answers about one group's messages while they are sent, read and swept. The archive must say the same. */
final class SweepRecord {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<Long, JsonNode> sent = new ConcurrentHashMap<>();
    private final Map<Long, JsonNode> live = new ConcurrentHashMap<>();
    private final Map<Long, JsonNode> frozen = new ConcurrentHashMap<>();
    private final Map<Long, Set<String>> acked = new ConcurrentHashMap<>();
    private final Map<String, Long> attemptedUpto = new ConcurrentHashMap<>();
    private final Map<String, Set<Long>> attemptedOnes = new ConcurrentHashMap<>();
    private final Set<String> wrong = ConcurrentHashMap.newKeySet();
    private final AtomicInteger acks = new AtomicInteger();

    void sent(JsonNode message) {
        JsonNode before = sent.put(message.get("id").asLong(), message);
        if (before != null && !before.equals(message)) {
            wrong.add("two messages with one id: " + before + " " + message);
        }
    }

    int sends() {
        return sent.size();
    }

    int acks() {
        return acks.get();
    }

    /** The id of the newest message in any answer. */
    long last() {
        return sent.keySet().stream().max(Long::compare).orElse(0L);
    }

    /** Called before the request, because without an answer it is unknown whether the ack was done. */
    void recordAttemptUpto(String user, long upto) {
        attemptedUpto.merge(user, upto, Math::max);
    }

    void recordAttemptOne(String user, long id) {
        attemptedOnes.computeIfAbsent(user, it -> ConcurrentHashMap.newKeySet()).add(id);
    }

    /** Records an ack that was answered before any of these messages was archived. */
    void acked(String user, long from, long upto) {
        acks.incrementAndGet();
        for (long id = from; id <= upto; id++) {
            acked.computeIfAbsent(id, it -> ConcurrentHashMap.newKeySet()).add(user);
        }
    }

    /** Records receipts from an answer; returns whether they were not archived yet. */
    boolean addReceipt(JsonNode receipt) {
        long id = receipt.get("id").asLong();
        long sum = receipt.get("read").asLong() + receipt.get("unread").asLong();
        check(receipt.get("recipients").asLong() == sum, "recipients equal read plus unread: " + receipt);
        if (!receipt.get("archived").asBoolean()) {
            live.merge(
                    id,
                    receipt,
                    (one, other) -> readers(one).size() > readers(other).size() ? one : other);
            return true;
        }
        JsonNode before = frozen.putIfAbsent(id, receipt);
        check(before == null || before.equals(receipt), "archived receipts don't change: " + before + " " + receipt);
        return false;
    }

    /** The archived receipts of a message, as answered. */
    JsonNode frozen(long id) {
        return Objects.requireNonNull(frozen.get(id), "not archived: " + id);
    }

    void check(boolean holds, String claim) {
        if (!holds) {
            wrong.add(claim);
        }
    }

    /** Compares all recorded answers with the lines of the group's archive. */
    void compare(List<String> lines, Set<String> stable) {
        check(lines.size() >= last(), "all " + last() + " have a line, not " + lines.size());
        for (int i = 0; i < lines.size(); i++) {
            JsonNode line = parsed(lines.get(i));
            check(line.get("id").asLong() == i + 1, "ids are dense: " + (i + 1) + " is " + line);
            compare(line, i + 1, stable);
        }
        if (!wrong.isEmpty()) {
            throw new AssertionError(wrong.size() + " failed checks, such as\n"
                    + String.join("\n", wrong.stream().limit(5).toList()));
        }
    }

    private void compare(JsonNode line, long id, Set<String> stable) {
        Map<String, String> readers = readers(line);
        Set<String> unread = new TreeSet<>(ApiClient.texts(line.get("unread_members")));
        String sender = line.get("sender").asText();
        check(line.get("recipients").asInt() == readers.size() + unread.size(), "recipients add up: " + line);
        JsonNode message = sent.get(id);
        if (message != null) {
            check(message.get("sender").equals(line.get("sender")), "sender: " + message + line);
            check(message.get("sent_at").equals(line.get("sent_at")), "time: " + message + line);
        }
        for (String user : acked.getOrDefault(id, Set.of())) {
            check(user.equals(sender) || readers.containsKey(user), user + " has acked " + line);
        }
        if (live.containsKey(id)) {
            readers(live.get(id)).forEach((user, at) -> check(at.equals(readers.get(user)), user + " at " + at + line));
        }
        for (String field : List.of("sender", "sent_at", "recipients", "hidden", "readers", "unread_members")) {
            check(!frozen.containsKey(id) || frozen.get(id).get(field).equals(line.get(field)), "frozen: " + line);
        }
        readers.keySet().forEach(user -> check(wasAttempted(user, id), user + " never acked " + line));
        Set<String> named = new HashSet<>(readers.keySet());
        named.addAll(unread);
        stable.forEach(user -> check(named.contains(user) != user.equals(sender), user + " is named in " + line));
    }

    private boolean wasAttempted(String user, long id) {
        return attemptedUpto.getOrDefault(user, 0L) >= id
                || attemptedOnes.getOrDefault(user, Set.of()).contains(id);
    }

    private static Map<String, String> readers(JsonNode receipt) {
        Map<String, String> readers = new TreeMap<>();
        receipt.get("readers")
                .forEach(reader -> readers.put(
                        reader.get("id").asText(), reader.get("read_at").asText()));
        return readers;
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }
}
