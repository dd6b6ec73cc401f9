package seenby.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Makes the requests of one user. Any answer but success is a failure. */
public final class Client {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Longer than the longest poll. */
    private static final Duration PATIENCE = Duration.ofSeconds(70);

    private final URI server;
    private final String token;
    private final Traffic traffic;

    public Client(URI server, String token, Traffic traffic) {
        this.server = server;
        this.token = token;
        this.traffic = traffic;
    }

    public JsonNode get(String path) throws InterruptedException {
        return call("GET", path, BodyPublishers.noBody());
    }

    public JsonNode post(String path, Object body) throws InterruptedException {
        return call("POST", path, BodyPublishers.ofString(JSON.valueToTree(body).toString()));
    }

    private JsonNode call(String method, String path, BodyPublisher body) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .method(method, body)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .timeout(PATIENCE)
                .build();
        traffic.count(method, request.uri().getPath());
        try {
            HttpResponse<byte[]> response = HTTP.send(request, BodyHandlers.ofByteArray());
            JsonNode answer = JSON.readTree(response.body());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException(method + " " + path + " was answered " + answer);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        }
    }
}
