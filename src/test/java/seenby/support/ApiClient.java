package seenby.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntSupplier;

/** A user's HTTP client. */
public final class ApiClient {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final IntSupplier port;
    private final String id;
    private final String token;

    public ApiClient(IntSupplier port, String id, String token) {
        this.port = port;
        this.id = id;
        this.token = token;
    }

    /** The answer to a request. */
    public record Answer(int status, HttpResponse<String> response) {
        public JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (JsonProcessingException e) {
                throw new AssertionError("not JSON: " + this, e);
            }
        }

        public Answer expect(int expected) {
            if (status != expected) {
                throw new AssertionError("expected " + expected + ", not " + this);
            }
            return this;
        }

        /** Asserts that the answer is a problem with this status and code. */
        public JsonNode problem(int expected, String code) {
            expect(expected);
            JsonNode problem = json();
            String type = response.headers().firstValue("Content-Type").orElse("");
            if (!type.equals("application/problem+json")
                    || !problem.path("code").asText().equals(code)) {
                throw new AssertionError("expected the problem " + code + ", not " + this);
            }
            return problem;
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        @Override
        public String toString() {
            return status + " " + response.body();
        }
    }

    public String id() {
        return id;
    }

    public String token() {
        return token;
    }

    /** Creates a user with these fields, as this user, on the same server. */
    public ApiClient newUser(Map<String, ?> fields) {
        JsonNode made = post("/v1/users", fields).expect(201).json();
        return new ApiClient(port, made.get("id").asText(), made.get("token").asText());
    }

    public Answer get(String path) {
        return call("GET", path, HttpRequest.BodyPublishers.noBody(), Map.of());
    }

    public Answer post(String path) {
        return call("POST", path, HttpRequest.BodyPublishers.noBody(), Map.of());
    }

    public Answer post(String path, Object body) {
        return json("POST", path, body);
    }

    public Answer patch(String path, Object body) {
        return json("PATCH", path, body);
    }

    public Answer put(String path) {
        return call("PUT", path, HttpRequest.BodyPublishers.noBody(), Map.of());
    }

    public Answer delete(String path) {
        return call("DELETE", path, HttpRequest.BodyPublishers.noBody(), Map.of());
    }

    private Answer json(String method, String path, Object body) {
        return call(method, path, publisher(body), Map.of("Content-Type", "application/json"));
    }

    private static HttpRequest.BodyPublisher publisher(Object body) {
        try {
            return HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** A request with any body and headers. */
    public Answer call(String method, String path, HttpRequest.BodyPublisher body, Map<String, String> headers) {
        return later(method, path, body, headers).join();
    }

    public CompletableFuture<Answer> later(
            String method, String path, HttpRequest.BodyPublisher body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.getAsInt() + path))
                .timeout(Duration.ofSeconds(70))
                .method(method, body);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        headers.forEach(request::setHeader);
        return HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(response -> new Answer(response.statusCode(), response))
                .exceptionally(failure -> {
                    throw new CompletionException(method + " " + path + " got no answer", failure);
                });
    }

    /** Sends a message; returns its id. */
    public long send(String group, String text) {
        return post("/v1/groups/" + group + "/messages", Map.of("text", text))
                .expect(201)
                .json()
                .get("id")
                .asLong();
    }

    public JsonNode ack(String group, long upto) {
        return post("/v1/groups/" + group + "/ack", Map.of("upto", upto))
                .expect(200)
                .json();
    }

    public JsonNode receipts(String group, long id) {
        JsonNode receipt = get("/v1/groups/" + group + "/messages/" + id + "/receipts")
                .expect(200)
                .json();
        long read = receipt.get("read").asLong();
        long unread = receipt.get("unread").asLong();
        if (receipt.get("recipients").asLong() != read + unread
                || receipt.get("readers").size() != read
                || receipt.get("unread_members").size() != unread) {
            throw new AssertionError("recipients are not read + unread: " + receipt);
        }
        return receipt;
    }

    /** Polls without waiting; {@code since} may be empty. */
    public JsonNode poll(String since) {
        return get(pollPath(since, 0, 100)).expect(200).json();
    }

    public JsonNode poll(String since, int timeoutSeconds) {
        return get(pollPath(since, timeoutSeconds, 100)).expect(200).json();
    }

    /** Starts a long poll in the background. */
    public CompletableFuture<Answer> polling(String since, int timeoutSeconds) {
        return later("GET", pollPath(since, timeoutSeconds, 100), HttpRequest.BodyPublishers.noBody(), Map.of());
    }

    public static String pollPath(String since, int timeoutSeconds, int limit) {
        return "/v1/updates?timeout=" + timeoutSeconds + "&limit=" + limit
                + (since.isEmpty() ? "" : "&since=" + URLEncoder.encode(since, StandardCharsets.UTF_8));
    }

    /** The values of one field of a list of objects. */
    public static List<String> each(JsonNode list, String field) {
        List<String> values = new ArrayList<>();
        list.forEach(item -> values.add(item.get(field).asText()));
        return values;
    }

    public static List<String> texts(JsonNode list) {
        List<String> values = new ArrayList<>();
        list.forEach(item -> values.add(item.asText()));
        return values;
    }
}
