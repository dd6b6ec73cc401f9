package seenby.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import seenby.load.Connection;
import seenby.load.LoadClient;
import seenby.load.Requests;
import seenby.load.Response;

/** A member who is online in the article's case: it polls, sends, and acks what it has read. */
public final class StormMember {
    private static final int POLL_SECONDS = 5;
    private static final int BATCH = 10;

    private final String id;
    private final Requests requests;
    private final String group;
    private final boolean naive;
    private final Connection polls;
    private final Connection sends;
    private final Connection acks;
    private final Deque<Long> unacked = new ArrayDeque<>();
    private final BitSet sent = new BitSet();
    private String since = "";
    private boolean resting;
    private boolean over;
    private long lastSeen;
    private long lastAck;
    private long deliveries;
    private long receipts;
    private long ackRequests;

    /** @param naive whether it acks each message with a request */
    public StormMember(LoadClient client, String id, Requests requests, String group, boolean naive) {
        this.id = id;
        this.requests = requests;
        this.group = group;
        this.naive = naive;
        this.polls = client.connection((same, response) -> polled(response));
        this.sends = client.connection((same, response) -> response.requireSuccess());
        this.acks = client.connection((same, response) -> {
            response.requireSuccess();
            ackNext();
        });
    }

    public void open() {
        poll(0);
    }

    /** Whether its first poll is answered. A first poll after its own first send would not bring that message. */
    public boolean isOpen() {
        return !since.isEmpty();
    }

    public void close() {
        over = true;
        polls.close();
        sends.close();
        acks.close();
    }

    public void send(String text) {
        sends.send(requests.send(group, text));
    }

    private void poll(int timeout) {
        boolean carriesAck = !naive && (lastSeen - lastAck >= BATCH || (resting && lastSeen > lastAck));
        String ack = "";
        if (carriesAck) {
            ack = ",\"ack\":{\"" + group + "\":" + lastSeen + "}";
            lastAck = lastSeen;
        }
        String body = "{\"since\":\"" + since + "\",\"timeout\":" + timeout + ack + "}";
        polls.send(requests.post("/v1/updates", body));
    }

    private void polled(Response response) {
        response.requireSuccess();
        JsonNode update = response.json();
        since = update.get("next").asText();
        resting = update.get("messages").isEmpty() && update.get("reads").isEmpty();
        update.get("messages").forEach(this::take);
        for (JsonNode read : update.get("reads")) {
            receipts += sent.get(read.get("from").asInt(), read.get("upto").asInt() + 1)
                    .cardinality();
        }
        if (!over) {
            poll(POLL_SECONDS);
        }
    }

    private void take(JsonNode message) {
        deliveries++;
        lastSeen = message.get("id").asLong();
        if (message.get("sender").asText().equals(id)) {
            sent.set((int) lastSeen);
        } else if (naive) {
            unacked.add(lastSeen);
            ackNext();
        }
    }

    private void ackNext() {
        if (!unacked.isEmpty() && !acks.isWaiting()) {
            ackRequests++;
            acks.send(requests.post("/v1/groups/" + group + "/ack?upto=" + unacked.remove(), ""));
        }
    }

    public long lastSeen() {
        return lastSeen;
    }

    /** How many messages it got, repeats too. */
    public long deliveries() {
        return deliveries;
    }

    /** How many readers of its messages it knows of. */
    public long receipts() {
        return receipts;
    }

    /** How many acks were requests of their own. */
    public long ackRequests() {
        return ackRequests;
    }
}
