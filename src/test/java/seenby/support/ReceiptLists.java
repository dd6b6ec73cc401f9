package seenby.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Who has read a message and who still owes it, by its receipts. */
public record ReceiptLists(List<String> readers, List<String> unread) {
    public static ReceiptLists by(ApiClient viewer, String group, long id) {
        JsonNode receipt = viewer.receipts(group, id);
        return new ReceiptLists(
                ApiClient.each(receipt.get("readers"), "id"), ApiClient.texts(receipt.get("unread_members")));
    }

    /** What a test expects, by client. */
    public static ReceiptLists of(List<ApiClient> readers, List<ApiClient> unread) {
        return new ReceiptLists(ids(readers), ids(unread));
    }

    private static List<String> ids(List<ApiClient> clients) {
        return clients.stream().map(ApiClient::id).sorted().toList();
    }

    /** When one of the readers has read it, as it stands in the answer. */
    public static String readAt(ApiClient viewer, String group, long id, ApiClient reader) {
        for (JsonNode row : viewer.receipts(group, id).get("readers")) {
            if (row.get("id").asText().equals(reader.id())) {
                return row.get("read_at").asText();
            }
        }
        throw new AssertionError(reader.id() + " has not read message " + id);
    }
}
