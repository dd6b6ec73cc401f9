package seenby.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import seenby.config.Config;
import seenby.config.ConfigException;
import seenby.config.ConfigSources;
import seenby.json.Json;

/** Calls a server as its admin. What it refuses is thrown with the text that says what to do. */
final class AdminConnection {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Map<String, String> environment;
    private final Path workingDirectory;
    private Optional<String> url = Optional.empty();
    private Optional<Path> tokenFile = Optional.empty();

    AdminConnection(Map<String, String> environment, Path workingDirectory) {
        this.environment = environment;
        this.workingDirectory = workingDirectory;
    }

    void setUrl(String to) {
        url = Optional.of(to.replaceFirst("/+$", ""));
    }

    void setTokenFile(Path file) {
        tokenFile = Optional.of(file);
    }

    JsonNode get(String path) {
        return call("GET", path, Optional.empty());
    }

    JsonNode post(String path, Object body) {
        return call("POST", path, Optional.of(body));
    }

    JsonNode post(String path) {
        return call("POST", path, Optional.empty());
    }

    JsonNode patch(String path, Object body) {
        return call("PATCH", path, Optional.of(body));
    }

    void delete(String path) {
        call("DELETE", path, Optional.empty());
    }

    private JsonNode call(String method, String path, Optional<Object> body) {
        String server = url.orElseGet(() -> config().http().localUrl());
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(server + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token())
                .method(
                        method,
                        body.map(Json::write).map(BodyPublishers::ofByteArray).orElse(BodyPublishers.noBody()));
        body.ifPresent(json -> request.header("Content-Type", "application/json"));
        try {
            return answer(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new AdminException("cannot reach %s: %s. Is the server running? --url names another."
                    .formatted(server, Optional.ofNullable(e.getMessage()).orElse(e.toString())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdminException("interrupted");
        }
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new AdminException("this is no URL: " + text);
        }
    }

    private static JsonNode answer(HttpResponse<String> response) {
        JsonNode json = json(response);
        if (response.statusCode() >= 300) {
            throw new AdminException(json.path("detail").asText("the server answered " + response.statusCode()));
        }
        return json;
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return response.body().isEmpty() ? JsonNodeFactory.instance.objectNode() : Json.read(response.body());
        } catch (JsonProcessingException e) {
            throw new AdminException(
                    "%s answered %d, and no JSON: is it Seenby?".formatted(response.uri(), response.statusCode()));
        }
    }

    private String token() {
        return tokenFile
                .map(AdminConnection::read)
                .or(() -> Optional.ofNullable(environment.get("SEENBY_TOKEN")))
                .or(() -> config().adminToken())
                .orElseGet(() -> read(config().dataDir().resolve("admin.token")));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new AdminException("cannot read the token of an admin: %s. --token-file names another.".formatted(e));
        }
    }

    private Config config() {
        try {
            return ConfigSources.read(List.of(), environment, workingDirectory);
        } catch (ConfigException e) {
            throw new AdminException(String.valueOf(e.getMessage()));
        }
    }
}
