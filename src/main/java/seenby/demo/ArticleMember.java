package seenby.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import seenby.load.Client;

/**
 * A member of a group with one device. Everything but sends travels in its polls: they bring messages and receipts, and
 * they carry its acks, in batches while messages keep coming and the rest when a poll ends empty.
 */
final class ArticleMember {
    private final Client client;
    private final String group;
    private final int batch;

    private final Map<Long, String> messages = new TreeMap<>();
    private final Map<Long, Set<String>> readers = new HashMap<>();
    private final Set<Long> sent = new HashSet<>();
    private String since = "";
    private long lastAck;
    private long lastSeen;
    private boolean resting;
    private long acks;
    private long repeats;

    /** @param batch how many messages it reads before it acks, while more keep coming */
    ArticleMember(Client client, String group, int batch) {
        this.client = client;
        this.group = group;
        this.batch = batch;
    }

    /** What a member has received and acked so far. */
    record Tally(Map<Long, String> messages, long repeats, long acks, long receipts) {}

    long send(String text) throws InterruptedException {
        JsonNode message = client.post("/v1/groups/" + group + "/messages", Map.of("text", text));
        long id = message.get("id").asLong();
        synchronized (this) {
            sent.add(id);
        }
        return id;
    }

    /** Polls once. Returns whether there is more to fetch. */
    boolean poll(int timeoutSeconds) throws InterruptedException {
        JsonNode update = client.post("/v1/updates", ask(timeoutSeconds));
        take(update);
        return update.get("more").asBoolean();
    }

    private synchronized Map<String, Object> ask(int timeoutSeconds) {
        Map<String, Object> ask = new HashMap<>(Map.of("since", since, "timeout", timeoutSeconds));
        if (lastSeen - lastAck >= batch || (resting && lastSeen > lastAck)) {
            ask.put("ack", Map.of(group, lastSeen));
            lastAck = lastSeen;
            acks++;
        }
        return ask;
    }

    private synchronized void take(JsonNode update) {
        since = update.get("next").asText();
        resting = update.get("messages").isEmpty() && update.get("reads").isEmpty();
        for (JsonNode message : update.get("messages")) {
            lastSeen = message.get("id").asLong();
            if (messages.putIfAbsent(lastSeen, message.get("text").asText()) != null) {
                repeats++;
            }
        }
        for (JsonNode read : update.get("reads")) {
            for (long id = read.get("from").asLong(); id <= read.get("upto").asLong(); id++) {
                readers.computeIfAbsent(id, same -> new HashSet<>())
                        .add(read.get("reader").asText());
            }
        }
    }

    synchronized boolean has(long id) {
        return messages.containsKey(id);
    }

    /**
     * A read covers a range of messages and may arrive before the answer to a send, so only this counts the sent ones.
     */
    synchronized Tally tally() {
        long receipts = sent.stream()
                .mapToLong(id -> readers.getOrDefault(id, Set.of()).size())
                .sum();
        return new Tally(Map.copyOf(messages), repeats, acks, receipts);
    }
}
