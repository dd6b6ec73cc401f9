package seenby.load;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/** The users of a bench. The first user owns its groups. */
public final class People {
    private final URI server;
    private final AtomicReferenceArray<String> tokens;
    private final Traffic traffic = new Traffic();

    private People(URI server, int count) {
        this.server = server;
        this.tokens = new AtomicReferenceArray<>(count);
    }

    public static People make(URI server, String adminToken, int count) throws InterruptedException {
        People people = new People(server, count);
        Client admin = new Client(server, adminToken, people.traffic);
        Workers.each(
                count,
                i -> people.tokens.set(
                        i,
                        admin.post("/v1/users", Map.of("id", id(i)))
                                .get("token")
                                .asText()));
        return people;
    }

    public static String id(int number) {
        return String.format(Locale.ROOT, "user-%05d", number);
    }

    public static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(People::id).toList();
    }

    /** Creates a group of the first users. */
    public void group(String id, int members) throws InterruptedException {
        client(0).post("/v1/groups", Map.of("id", id, "members", ids(members)));
    }

    public Client client(int number) {
        return new Client(server, tokens.get(number), traffic);
    }
}
