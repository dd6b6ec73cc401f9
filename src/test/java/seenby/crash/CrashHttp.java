package seenby.crash;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** The connections of all clients, which may break at any moment. */
final class CrashHttp {
    /** Longer than any poll. */
    private static final Duration TIMEOUT = Duration.ofSeconds(40);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Set<Runnable> cuts = ConcurrentHashMap.newKeySet();
    private final IntSupplier port;

    /** @param port of the present server */
    CrashHttp(IntSupplier port) {
        this.port = port;
    }

    /**
     * An answer, or none.
     *
     * @param status 0 if the connection broke before the answer was complete, -1 if there was none
     */
    record Reply(int status, JsonNode json) {
        static final Reply NONE = new Reply(0, MissingNode.getInstance());
        static final Reply NOT_SENT = new Reply(-1, MissingNode.getInstance());

        /** Whether no server was there. */
        boolean isNotSent() {
            return status == -1;
        }

        /** Whether the server is away, or the connection broke. */
        boolean isMissing() {
            return status <= 0 || status == 503;
        }
    }

    Reply call(String token, String method, String path, Map<String, ?> body) {
        CompletableFuture<HttpResponse<String>> call =
                client.sendAsync(request(token, method, path, body), HttpResponse.BodyHandlers.ofString());
        Runnable cut = () -> call.cancel(true);
        cuts.add(cut);
        try {
            HttpResponse<String> response = call.join();
            return new Reply(response.statusCode(), json(response.body()));
        } catch (CompletionException | CancellationException broken) {
            return broken.getCause() instanceof ConnectException ? Reply.NOT_SENT : Reply.NONE;
        } finally {
            cuts.remove(cut);
        }
    }

    private HttpRequest request(String token, String method, String path, Map<String, ?> body) {
        HttpRequest.BodyPublisher publisher =
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(text(body));
        return HttpRequest.newBuilder(uri(path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, publisher)
                .build();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port.getAsInt() + path);
    }

    private static String text(Map<String, ?> body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + body, e);
        }
    }

    /** Passes on the lines of a stream until it ends or breaks. Returns the status, or 0 or -1 as {@link Reply}. */
    int stream(String token, String lastId, Consumer<String> take) {
        HttpRequest request = HttpRequest.newBuilder(uri("/v1/updates"))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", lastId)
                .build();
        CompletableFuture<HttpResponse<InputStream>> call =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
        Runnable cut = () -> cut(call);
        cuts.add(cut);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(call.join().body(), StandardCharsets.UTF_8))) {
            if (call.join().statusCode() == 200) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    take.accept(line);
                }
            }
            return call.join().statusCode();
        } catch (CompletionException | CancellationException | IOException broken) {
            return broken.getCause() instanceof ConnectException ? -1 : 0;
        } finally {
            cuts.remove(cut);
        }
    }

    private static void cut(CompletableFuture<HttpResponse<InputStream>> call) {
        if (!call.cancel(true) && !call.isCompletedExceptionally()) {
            try {
                call.join().body().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Ends all connections that have a request under way. */
    void cut() {
        cuts.forEach(Runnable::run);
    }
}
