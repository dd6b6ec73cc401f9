package seenby.load;

import java.nio.charset.StandardCharsets;

/** Writes the requests of one user as the bytes that go over the wire. */
public final class Requests {
    private static final String TEXT = "text/plain";
    private static final String JSON = "application/json";

    private final String headers;

    /** @param token the user's token; a server without accounts ignores it */
    public Requests(String token) {
        this.headers = " HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer " + token + "\r\n";
    }

    public byte[] get(String path) {
        return get(path, "");
    }

    public byte[] delete(String path) {
        return bytes("DELETE " + path + headers + "\r\n");
    }

    /**
     * Asks with more headers.
     *
     * @param more the headers, each with its line end
     */
    public byte[] get(String path, String more) {
        return bytes("GET " + path + headers + more + "\r\n");
    }

    /** Opens a stream of server-sent events. */
    public byte[] stream(String path) {
        return get(path, "Accept: text/event-stream\r\n");
    }

    /** Posts a body of JSON, or none. */
    public byte[] post(String path, String json) {
        return post(path, JSON, json);
    }

    /** Sends a message. */
    public byte[] send(String group, String text) {
        return post("/v1/groups/" + group + "/messages", TEXT, text);
    }

    /**
     * Polls.
     *
     * @param since the {@code next} of the answer before, or empty
     */
    public byte[] poll(String since, int timeoutSeconds) {
        return get("/v1/updates?timeout=" + timeoutSeconds + (since.isEmpty() ? "" : "&since=" + since));
    }

    /** Polls for as much as there is, without waiting. */
    public byte[] pull(String since) {
        return get("/v1/updates?timeout=0&limit=1000" + (since.isEmpty() ? "" : "&since=" + since));
    }

    private byte[] post(String path, String type, String body) {
        byte[] content = bytes(body);
        byte[] head = bytes("POST " + path + headers + "Content-Type: " + type + "\r\nContent-Length: " + content.length
                + "\r\n\r\n");
        byte[] request = new byte[head.length + content.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(content, 0, request, head.length, content.length);
        return request;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
