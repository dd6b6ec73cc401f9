package seenby.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** Polls of the longest duration, and polls during concurrent sends, acks, joins and leaves. */
@Order(1) // one of the longest
class PollIT {
    private static final long SEED = 20_240_301;
    private static final int WALKS = 3;

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer("receipts.coalesce=100ms");

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdown();
    }

    @Test
    void randomUseLeavesNoGap() {
        for (int walk = 0; walk < WALKS; walk++) {
            new Walk(SEED + walk).run();
        }
    }

    /** One test, so that the walks run while the longest poll waits. */
    @Test
    @Tag("soak")
    void theLongestPollEndsWith200WhileRandomUseLeavesNoGap() {
        CompletableFuture<Void> longest = CompletableFuture.runAsync(this::pollForTheLongestTime, threads);

        for (int walk = WALKS; !longest.isDone(); walk++) {
            new Walk(SEED + walk).run();
        }

        longest.join();
    }

    private void pollForTheLongestTime() {
        ApiClient user = SERVER.user("patient");
        String since = user.poll("").get("next").asText();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port())) {
            socket.setSoTimeout(70_000);
            long began = System.nanoTime();
            assertEquals(since, next(exchange(socket, user, ApiClient.pollPath(since, 99, 1))));
            long seconds = (System.nanoTime() - began) / 1_000_000_000;
            assertTrue(seconds >= 55 && seconds < 60, seconds + " s");
            assertEquals(
                    since, next(exchange(socket, user, ApiClient.pollPath(since, 0, 1))), "on the same connection");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String exchange(Socket socket, ApiClient user, String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + user.token() + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("}") < 0) {
            int next = in.read();
            assertTrue(next >= 0, "the connection was closed after " + answer);
            answer.append((char) next);
        }
        assertTrue(answer.toString().startsWith("HTTP/1.1 200"), answer.toString());
        return answer.toString();
    }

    private static String next(String answer) {
        return answer.replaceAll("(?s).*\"next\":\"([^\"]*)\".*", "$1");
    }

    /** Users send, ack, leave and join at random while each of them polls with random timeouts and limits. */
    private final class Walk {
        private final Random seeds;
        private final List<ApiClient> members = SERVER.users("ann", "bob", "cem", "dan");
        private final List<ApiClient> guests = SERVER.users("eve", "fay");
        private final List<String> groups = List.of(
                SERVER.group(members.get(0), members.get(1), members.get(2), members.get(3)),
                SERVER.group(members.get(1), members.get(0), members.get(2), members.get(3)));
        private final AtomicBoolean ended = new AtomicBoolean();

        Walk(long seed) {
            seeds = new Random(seed);
        }

        void run() {
            List<Poller> pollers = Stream.concat(members.stream(), guests.stream())
                    .map(user -> new Poller(user, seeds.nextLong()))
                    .toList();
            List<CompletableFuture<Void>> pollerTasks =
                    pollers.stream().map(this::start).toList();
            List<CompletableFuture<Void>> userTasks = new ArrayList<>();
            members.forEach(user -> userTasks.add(start(sendsAndAcks(user, seeds.nextLong()))));
            guests.forEach(user -> userTasks.add(start(joinsAndLeaves(user, seeds.nextLong()))));
            userTasks.forEach(CompletableFuture::join);
            ended.set(true);
            pollerTasks.forEach(CompletableFuture::join);

            for (String group : groups) {
                long last = members.get(0)
                        .get("/v1/groups/" + group)
                        .json()
                        .get("last_id")
                        .asLong();
                pollers.forEach(poller -> poller.check(group, last, members.contains(poller.user)));
            }
        }

        private CompletableFuture<Void> start(Runnable task) {
            return CompletableFuture.runAsync(task, threads);
        }

        private Runnable sendsAndAcks(ApiClient user, long seed) {
            Random random = new Random(seed);
            return () -> {
                for (int i = 0; i < 60; i++) {
                    String group = groups.get(random.nextInt(groups.size()));
                    long id = user.send(group, "text " + i);
                    if (random.nextBoolean()) {
                        user.ack(group, 1 + random.nextInt((int) id));
                    }
                }
            };
        }

        private Runnable joinsAndLeaves(ApiClient user, long seed) {
            Random random = new Random(seed);
            return () -> {
                for (int i = 0; i < 30; i++) {
                    String path = "/v1/groups/" + groups.get(random.nextInt(groups.size())) + "/members/" + user.id();
                    SERVER.admin().put(path);
                    if (random.nextBoolean()) {
                        user.delete(path).expect(204);
                    }
                }
                groups.forEach(group -> SERVER.admin().put("/v1/groups/" + group + "/members/" + user.id()));
            };
        }

        /** Collects the messages that one user gets. When a group is reported in left, its list starts again. */
        private final class Poller implements Runnable {
            private final ApiClient user;
            private final Random random;
            private final Map<String, List<Long>> received = new TreeMap<>();
            private final List<JsonNode> reads = new ArrayList<>();
            private String since;

            Poller(ApiClient user, long seed) {
                this.user = user;
                this.random = new Random(seed);
                this.since = user.poll("").get("next").asText();
            }

            @Override
            public void run() {
                boolean last;
                JsonNode update;
                do {
                    last = ended.get();
                    String path = ApiClient.pollPath(since, random.nextInt(3), 1 + random.nextInt(8));
                    update = user.get(path).expect(200).json();
                    update.get("left").forEach(group -> received.remove(group.asText()));
                    update.get("messages").forEach(this::add);
                    update.get("reads").forEach(reads::add);
                    since = update.get("next").asText();
                } while (!last
                        || update.get("messages").size() + update.get("reads").size() > 0);
            }

            private void add(JsonNode message) {
                List<Long> ids = received.computeIfAbsent(message.get("group").asText(), group -> new ArrayList<>());
                long id = message.get("id").asLong();
                assertTrue(ids.isEmpty() || ids.get(ids.size() - 1) + 1 == id, () -> id + " after " + ids + seed());
                ids.add(id);
            }

            private void check(String group, long last, boolean fromTheFirst) {
                List<Long> ids = received.getOrDefault(group, List.of());
                long first = fromTheFirst ? 1 : ids.isEmpty() ? last + 1 : ids.get(0);
                assertEquals(LongStream.rangeClosed(first, last).boxed().toList(), ids, () -> user.id() + seed());
                for (long id = 1; fromTheFirst && id <= last; id++) {
                    checkReads(group, id);
                }
            }

            private void checkReads(String group, long id) {
                String path = "/v1/groups/" + group + "/messages/" + id;
                if (user.get(path).json().get("sender").asText().equals(user.id())) {
                    for (String reader : ApiClient.each(user.receipts(group, id).get("readers"), "id")) {
                        assertTrue(
                                reads.stream().anyMatch(read -> covers(read, group, reader, id)),
                                () -> reader + " has read " + id + ", but no poll told " + user.id() + seed());
                    }
                }
            }

            private boolean covers(JsonNode read, String group, String reader, long id) {
                return read.get("group").asText().equals(group)
                        && read.get("reader").asText().equals(reader)
                        && read.get("from").asLong() <= id
                        && id <= read.get("upto").asLong();
            }

            private String seed() {
                return ", with seed " + SEED;
            }
        }
    }
}
