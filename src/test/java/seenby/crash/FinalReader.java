package seenby.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import seenby.checker.GroupView;
import seenby.checker.History;
import seenby.checker.ReceiptView;
import seenby.checker.StoredMessage;

/** Reads a group in the end, as its owner and its members see it. */
final class FinalReader {
    private static final int PAGE = 1000;

    private final String group;
    private final String path;
    private final CrashClients clients;
    private final History history;

    FinalReader(String group, CrashClients clients, History history) {
        this.group = group;
        this.path = "/v1/groups/" + group;
        this.clients = clients;
        this.history = history;
    }

    GroupView read() {
        // the owner may see the receipts of all messages then, also of those that were sent before
        get(clients.owner(), "PATCH", path, Map.of("receipts", "members"));
        List<StoredMessage> messages = messages(clients.owner());
        Map<String, List<StoredMessage>> histories = new HashMap<>();
        Map<String, Long> cursors = new HashMap<>();
        for (CrashMember member : clients.members()) {
            CrashHttp.Reply seen = member.call("GET", path, Map.of());
            if (seen.status() == 200) {
                cursors.put(member.id(), seen.json().get("last_ack").asLong());
                histories.put(member.id(), messages(member));
            }
        }
        return new GroupView(
                group, CrashClients.isOpen(group), messages, histories, receipts(messages), counts(messages), cursors);
    }

    private static JsonNode get(CrashMember member, String method, String path, Map<String, ?> body) {
        CrashHttp.Reply reply = member.call(method, path, body);
        if (reply.status() != 200) {
            throw new AssertionError("%s of %s was answered with %s".formatted(method, path, reply));
        }
        return reply.json();
    }

    private List<StoredMessage> messages(CrashMember member) {
        List<StoredMessage> all = new ArrayList<>();
        JsonNode page;
        do {
            page = get(member, "GET", path + "/messages?limit=" + PAGE + "&after=" + all.size(), Map.of());
            all.addAll(Views.messages(page.get("messages")));
        } while (page.get("more").asBoolean());
        return all;
    }

    private Map<Long, ReceiptView> receipts(List<StoredMessage> messages) {
        Map<Long, ReceiptView> receipts = new HashMap<>();
        for (StoredMessage message : messages) {
            long begin = history.now();
            JsonNode json = get(clients.owner(), "GET", path + "/messages/" + message.id() + "/receipts", Map.of());
            receipts.put(message.id(), Views.receipts(group, history.since(begin), json));
        }
        return receipts;
    }

    private Map<Long, ReceiptView.Counts> counts(List<StoredMessage> messages) {
        Map<Long, ReceiptView.Counts> counts = new HashMap<>();
        for (int from = 1; from <= messages.size(); from += PAGE) {
            get(clients.owner(), "GET", path + "/receipts?from=" + from, Map.of())
                    .get("receipts")
                    .forEach(count -> counts.put(count.get("id").asLong(), Views.counts(count)));
        }
        return counts;
    }
}
