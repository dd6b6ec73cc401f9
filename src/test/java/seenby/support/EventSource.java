package seenby.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client that reads a stream of server-sent events as the standard defines it. */
public final class EventSource implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpResponse<InputStream> response;
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::read, "event-source");

    /** An event. A comment has an empty name; the end of the stream has the name "end". */
    public record Event(String name, String data, String id) {
        public JsonNode json() {
            try {
                return JSON.readTree(data);
            } catch (JsonProcessingException e) {
                throw new AssertionError("not JSON: " + this, e);
            }
        }
    }

    private EventSource(HttpResponse<InputStream> response) {
        this.response = response;
        thread.setDaemon(true);
        thread.start();
    }

    /** Opens a stream and asserts that the answer is a stream. */
    public static EventSource open(int port, ApiClient user, String query, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/v1/updates" + query))
                .header("Authorization", "Bearer " + user.token())
                .header("Accept", "text/event-stream");
        headers.forEach(request::header);
        try {
            HttpResponse<InputStream> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new AssertionError("expected a stream, not " + response.statusCode());
            }
            return new EventSource(response);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    private void read() {
        String name = "";
        String data = "";
        String id = "";
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(":")) {
                    events.add(new Event("", "", id));
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.isEmpty() && !data.isEmpty()) {
                    events.add(new Event(name, data, id));
                    data = "";
                } else if (!line.isEmpty()) {
                    throw new AssertionError("not a line of an event stream: " + line);
                }
            }
            events.add(new Event("end", "", id));
        } catch (IOException e) {
            events.add(new Event("end", e.toString(), id));
        }
    }

    /** The next event that is not a comment. */
    public Event next() throws InterruptedException {
        Event event = nextOrComment(20);
        while (event.name().isEmpty()) {
            event = nextOrComment(20);
        }
        return event;
    }

    public Event nextOrComment(int seconds) throws InterruptedException {
        Event event = events.poll(seconds, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no event for " + seconds + " s");
        }
        return event;
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
