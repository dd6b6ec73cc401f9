package seenby.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/** An answer as it came, byte for byte. */
public record RawAnswer(String statusLine, List<String> headers, String body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public int status() {
        return Integer.parseInt(statusLine.split(" ", 3)[1]);
    }

    /** The value of a header; empty if it is absent. */
    public String header(String name) {
        return headers.stream()
                .filter(header -> header.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                .map(header -> header.substring(name.length() + 2))
                .findFirst()
                .orElse("");
    }

    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + this, e);
        }
    }
}
