package seenby.crash;

import com.fasterxml.jackson.databind.JsonNode;
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

    static PollAnswer poll(String user, Span span, boolean isLast, JsonNode json) {
        List<PollAnswer.Read> reads = new ArrayList<>();
        json.get("reads")
                .forEach(read -> reads.add(new PollAnswer.Read(
                        read.get("group").asText(),
                        read.get("reader").asText(),
                        read.get("from").asLong(),
                        read.get("upto").asLong())));
        return new PollAnswer(
                user,
                span,
                messages(json.get("messages")),
                reads,
                new TreeSet<>(ApiClient.texts(json.get("left"))),
                new TreeSet<>(ApiClient.texts(json.get("resync"))),
                isLast);
    }
}
