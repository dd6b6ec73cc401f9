package seenby.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import seenby.checker.PollAnswer;
import seenby.checker.ReceiptView;
import seenby.checker.Span;
import seenby.checker.StoredMessage;
import seenby.support.ApiClient;

/** Reads answers. */
final class Views {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Views() {}

    static ReceiptView receipts(String group, Span span, JsonNode json) {
        Map<String, String> readers = new TreeMap<>();
        json.get("readers")
                .forEach(reader -> readers.put(
                        reader.get("id").asText(), reader.get("read_at").asText()));
        return new ReceiptView(
                group,
                json.get("id").asLong(),
                span,
                readers,
                new TreeSet<>(ApiClient.texts(json.get("unread_members"))),
                counts(json));
    }

    static ReceiptView.Counts counts(JsonNode json) {
        return new ReceiptView.Counts(
                json.get("recipients").asLong(),
                json.get("read").asLong(),
                json.get("unread").asLong());
    }

    static List<StoredMessage> messages(JsonNode list) {
        List<StoredMessage> messages = new ArrayList<>();
        list.forEach(message -> messages.add(new StoredMessage(
                message.get("group").asText(),
                message.get("id").asLong(),
                message.get("sender").asText(),
                message.get("text").asText())));
        return messages;
    }

    static PollAnswer poll(String user, String device, Span span, PollAnswer.Kind kind, JsonNode json) {
        return new PollAnswer(
                user,
                device,
                span,
                messages(json.path("messages")),
                reads(json.path("reads")),
                new TreeSet<>(ApiClient.texts(json.path("left"))),
                new TreeSet<>(ApiClient.texts(json.path("resync"))),
                kind);
    }

    static String next(CrashHttp.Reply reply) {
        return reply.json().get("next").asText();
    }

    /** An event as an answer that has nothing else, or a comment as an empty answer. */
    static PollAnswer event(String user, String device, Span span, String event, String data) {
        ObjectNode answer = JSON.objectNode();
        JsonNode json = CrashHttp.json(data.isEmpty() ? "{}" : data);
        switch (event) {
            case "message" -> answer.putArray("messages").add(json);
            case "read" -> answer.putArray("reads").add(json);
            case "left", "resync" -> answer.putArray(event).add(json.get("group"));
            default -> {}
        }
        return poll(user, device, span, PollAnswer.Kind.EVENT, answer);
    }

    private static List<PollAnswer.Read> reads(JsonNode list) {
        List<PollAnswer.Read> reads = new ArrayList<>();
        list.forEach(read -> reads.add(new PollAnswer.Read(
                read.get("group").asText(),
                read.get("reader").asText(),
                read.get("from").asLong(),
                read.get("upto").asLong())));
        return reads;
    }
}
