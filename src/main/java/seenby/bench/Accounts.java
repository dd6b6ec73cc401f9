package seenby.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import seenby.load.ClosedLoop;
import seenby.load.Connection;
import seenby.load.LoadClient;
import seenby.load.Requests;
import seenby.load.Response;

/** The users of a scenario, numbered from 0, and what prepares a scenario. User 0 owns all groups. */
final class Accounts {
    private static final int CONNECTIONS = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final LoadClient client;
    private final Requests admin;
    private final List<Requests> users = new ArrayList<>();

    private Accounts(LoadClient client, Requests admin) {
        this.client = client;
        this.admin = admin;
    }

    static Accounts create(LoadClient client, String adminToken, int count) {
        Accounts accounts = new Accounts(client, new Requests(adminToken));
        accounts.grow(count);
        return accounts;
    }

    /** Creates users until there are this many. */
    void grow(int count) {
        int first = users.size();
        int missing = Math.max(0, count - first);
        users.addAll(Collections.nCopies(missing, admin));
        each(missing, i -> admin.post("/v1/users", "{\"id\":\"" + id(first + i) + "\"}"), (i, answer) -> {
            users.set(first + i, new Requests(answer.json().get("token").asText()));
        });
    }

    static String id(int user) {
        return String.format(Locale.ROOT, "user-%06d", user);
    }

    /** The requests of a user. */
    Requests of(int user) {
        return users.get(user);
    }

    List<Requests> of(int first, int count) {
        return users.subList(first, first + count);
    }

    /** Creates a group of user 0 and others. */
    void group(String id, int first, int count) {
        String members = IntStream.range(first, first + count)
                .mapToObj(user -> '"' + id(user) + '"')
                .collect(Collectors.joining(","));
        ask(of(0).post("/v1/groups", "{\"id\":\"" + id + "\",\"members\":[" + members + "]}"));
    }

    void delete(String group) {
        ask(of(0).delete("/v1/groups/" + group));
    }

    /** The last message of a group. */
    long lastId(String group) {
        return ask(of(0).get("/v1/groups/" + group)).get("last_id").asLong();
    }

    /** Makes one request, and waits for the answer, which must be a success. */
    JsonNode ask(byte[] request) {
        List<JsonNode> answers = new ArrayList<>();
        Connection connection = client.connection((same, response) -> answers.add(success(response)));
        connection.send(request);
        client.runUntil("a request is answered", PATIENCE, () -> !answers.isEmpty());
        connection.close();
        return answers.get(0);
    }

    private static JsonNode success(Response response) {
        response.requireSuccess();
        return response.length() == 0 ? NullNode.instance : response.json();
    }

    /** Makes many requests, roughly in order, each of which must succeed. */
    void each(int count, IntFunction<byte[]> request) {
        each(count, request, (i, answer) -> {});
    }

    /** Takes the answer to a numbered request. */
    interface Answers {
        void take(int number, Response answer);
    }

    void each(int count, IntFunction<byte[]> request, Answers answers) {
        new ClosedLoop(client, Math.min(count, CONNECTIONS), new Numbered(count, request, answers)).drain();
    }

    private static final class Numbered implements ClosedLoop.Work {
        private final int count;
        private final IntFunction<byte[]> request;
        private final Answers answers;
        private final int[] current = new int[CONNECTIONS];
        private int next;

        Numbered(int count, IntFunction<byte[]> request, Answers answers) {
            this.count = count;
            this.request = request;
            this.answers = answers;
        }

        @Override
        public Optional<byte[]> next(int connection) {
            if (next == count) {
                return Optional.empty();
            }
            current[connection] = next++;
            return Optional.of(request.apply(current[connection]));
        }

        @Override
        public void answered(int connection, Response response) {
            response.requireSuccess();
            answers.take(current[connection], response);
        }
    }
}
