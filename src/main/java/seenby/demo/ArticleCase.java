package seenby.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import seenby.load.Client;
import seenby.load.Progress;
import seenby.load.Traffic;

/**
 * The example of the article on group read receipts: a group of 200 members, of whom 40 are online. Each message is
 * delivered to everyone online, everyone acks it, and its sender learns of each ack. Then the other members come back.
 *
 * <p>A member sends the next message when everyone online has the one before, as people talk. So no two messages share
 * an answer, and the talk costs as many polls as it can.
 */
public final class ArticleCase {
    static final int MEMBERS = 200;
    static final int ONLINE = 40;
    static final int MESSAGES = 100;
    static final int BATCH = 10;

    private static final String GROUP = "article";
    private static final int POLL_SECONDS = 10;

    private final URI server;
    private final ToLongFunction<String> receiptBytes;
    private final Traffic around = new Traffic();
    private final Progress progress = new Progress();
    private final List<String> texts = ArticleTexts.first(MESSAGES);

    private ArticleCase(URI server, ToLongFunction<String> receiptBytes) {
        this.server = server;
        this.receiptBytes = receiptBytes;
    }

    /**
     * Runs on a server without rate limits, where it creates the group {@code article} and its users.
     *
     * @param receiptBytes how many bytes the receipts of a group take in Redis, which no client can see
     */
    public static ArticleOutcome play(URI server, String adminToken, ToLongFunction<String> receiptBytes)
            throws InterruptedException {
        return new ArticleCase(server, receiptBytes).play(adminToken);
    }

    private ArticleOutcome play(String adminToken) throws InterruptedException {
        List<String> tokens = people(new Client(server, adminToken, around));
        Crowd online = crowd(tokens.subList(0, ONLINE));
        Crowd offline = crowd(tokens.subList(ONLINE, MEMBERS));
        List<Client> checks =
                tokens.subList(0, ONLINE).stream().map(this::client).toList();
        ExecutorService devices = Executors.newFixedThreadPool(ONLINE);
        try {
            for (ArticleMember member : online.members()) {
                member.poll(0);
                devices.execute(() -> keepPolling(member));
            }
            long bytesAtSend = talk(online);
            ArticleOutcome.Snapshot talk = snapshot(online, checks);
            for (ArticleMember member : offline.members()) {
                comeBack(member);
            }
            awaitReceipts(online, MEMBERS - 1);
            return new ArticleOutcome(bytesAtSend, talk, offline.figures(texts), snapshot(online, checks));
        } finally {
            devices.shutdownNow();
            devices.awaitTermination(POLL_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Creates the users and their group. Returns the tokens, the owner's first. */
    private List<String> people(Client admin) throws InterruptedException {
        List<String> ids = new ArrayList<>();
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            String id = String.format(Locale.ROOT, "member-%03d", i);
            ids.add(id);
            tokens.add(admin.post("/v1/users", Map.of("id", id)).get("token").asText());
        }
        client(tokens.get(0)).post("/v1/groups", Map.of("id", GROUP, "members", ids));
        return tokens;
    }

    private Client client(String token) {
        return new Client(server, token, around);
    }

    private Crowd crowd(List<String> tokens) {
        Traffic traffic = new Traffic();
        return new Crowd(
                tokens.stream()
                        .map(token -> new ArticleMember(new Client(server, token, traffic), GROUP, BATCH))
                        .toList(),
                traffic);
    }

    private void keepPolling(ArticleMember member) {
        try {
            while (true) {
                member.poll(POLL_SECONDS);
                progress.made();
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            progress.failed(e);
        }
    }

    /** Sends all messages. Returns the bytes of one message's receipts before anyone has acked it. */
    private long talk(Crowd online) throws InterruptedException {
        long bytesAtSend = 0;
        for (int i = 0; i < MESSAGES; i++) {
            long id = online.members().get(i % ONLINE).send(texts.get(i));
            progress.await("everyone online has message " + id, () -> online.has(id));
            if (i == 0) {
                bytesAtSend = receiptBytes.applyAsLong(GROUP);
            }
        }
        awaitReceipts(online, ONLINE - 1);
        return bytesAtSend;
    }

    private void awaitReceipts(Crowd senders, int readers) throws InterruptedException {
        progress.await(
                "the senders know of %d readers".formatted(readers),
                () -> senders.receipts() >= (long) MESSAGES * readers);
    }

    /** Fetches what is unread and acks it with the next poll. */
    private static void comeBack(ArticleMember member) throws InterruptedException {
        boolean more = true;
        while (more) {
            more = member.poll(0);
        }
        member.poll(0);
    }

    private ArticleOutcome.Snapshot snapshot(Crowd online, List<Client> checks) throws InterruptedException {
        long read = 0;
        long unread = 0;
        for (Client sender : checks) {
            JsonNode counts = sender.get("/v1/groups/" + GROUP + "/receipts?from=1&to=" + MESSAGES);
            for (JsonNode message : counts.get("receipts")) {
                read += message.get("read").asLong();
                unread += message.get("unread").asLong();
            }
        }
        return new ArticleOutcome.Snapshot(online.figures(texts), read, unread, receiptBytes.applyAsLong(GROUP));
    }
}
