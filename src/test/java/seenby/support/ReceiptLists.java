package seenby.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The two lists of a message's receipts: who has read it and who has not. */
public record ReceiptLists(List<String> readers, List<String> unread) {
    public static ReceiptLists by(ApiClient viewer, String group, long id) {
        JsonNode receipt = viewer.receipts(group, id);
        return new ReceiptLists(
                ApiClient.each(receipt.get("readers"), "id"), ApiClient.texts(receipt.get("unread_members")));
    }

    /** The lists that a test expects. */
    public static ReceiptLists of(List<ApiClient> readers, List<ApiClient> unread) {
        return new ReceiptLists(ids(readers), ids(unread));
    }

    private static List<String> ids(List<ApiClient> clients) {
        return clients.stream().map(ApiClient::id).sorted().toList();
    }

    /** The {@code read_at} of one reader, as text. */
    public static String readAt(ApiClient viewer, String group, long id, ApiClient reader) {
        for (JsonNode row : viewer.receipts(group, id).get("readers")) {
            if (row.get("id").asText().equals(reader.id())) {
                return row.get("read_at").asText();
            }
        }
        throw new AssertionError(reader.id() + " has not read message " + id);
    }
}
