package seenby.request;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import seenby.connection.LeastPace;
import seenby.connection.SlowClients;

/** A real server with a few routes and our problems, on a free port. */
public final class SmallServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    // or Jetty would disconnect a client that we don't
    private static final Duration NEVER = Duration.ofHours(1);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Javalin javalin;

    /** An answer, with header names in lower case. */
    public record Answer(int status, Map<String, List<String>> headers, String body) {
        public String header(String name) {
            return String.join(" | ", headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
        }

        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException("no JSON: " + status + " " + body, e);
            }
        }

        /** Asserts that the answer is a complete problem with this status and code. */
        public JsonNode problem(int expectedStatus, String code) {
            assertEquals(expectedStatus, status, body);
            assertEquals("application/problem+json", header("content-type"), body);
            assertEquals(expectedStatus, json().path("status").intValue(), body);
            assertEquals(code, json().path("code").textValue(), body);
            for (String member : List.of("type", "title", "detail")) {
                assertEquals(true, json().path(member).isTextual(), member + " in " + body);
            }
            return json();
        }
    }

    public SmallServer(Consumer<JavalinConfig> routes) {
        this(new SlowClients(LeastPace.standard()), routes);
    }

    public SmallServer(SlowClients slow, Consumer<JavalinConfig> routes) {
        this(slow, NEVER, routes);
    }

    /** @param idle how long Jetty keeps a connection on which nothing moves */
    public SmallServer(SlowClients slow, Duration idle, Consumer<JavalinConfig> routes) {
        javalin = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.jetty.addConnector((server, http) -> connector(server, idle, slow.connections(http)));
                    Problems.install(config);
                    slow.install(config, Bounds.LARGE_BODY_BYTES);
                    routes.accept(config);
                })
                .start();
    }

    private static Connector connector(Server server, Duration idle, HttpConnectionFactory connections) {
        ServerConnector connector = new ServerConnector(server, connections);
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(idle.toMillis());
        return connector;
    }

    public Answer get(String pathAndQuery, String... headers) {
        return send("GET", pathAndQuery, new byte[0], headers);
    }

    public Answer post(String path, String body, String... headers) {
        return send("POST", path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    public Answer send(String method, String pathAndQuery, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + javalin.port() + pathAndQuery))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    public Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public URI uri(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + javalin.port() + pathAndQuery);
    }

    /** Sends a request that has only these lines. */
    public Answer head(String... lines) {
        return raw(String.join("\r\n", lines) + "\r\n\r\n");
    }

    /** Sends one byte for each char, unchanged, and reads until the server closes the connection. */
    public Answer raw(String request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), javalin.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer parse(String response) {
        String[] headAndBody = response.split("\r\n\r\n", 2);
        List<String> lines = headAndBody[0].lines().toList();
        Map<String, List<String>> headers = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] field = line.split(": ?", 2);
            headers.merge(
                    field[0].toLowerCase(Locale.ROOT),
                    List.of(field[1]),
                    (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
        }
        return new Answer(Integer.parseInt(lines.get(0).split(" ", -1)[1]), headers, headAndBody[1]);
    }

    @Override
    public void close() {
        javalin.stop();
        // HttpClient has no close() before Java 21; its threads end when it is garbage
    }
}
