package seenby.bench;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What receipts weigh in Redis in groups of several sizes: when all is sent, when half of the members have read it, when all
 * have, and after the sweep. Every member acks in batches, as the article has it.
 */
public final class MemoryCase {
    /** A group's members, the messages that its first member sends, and how many of them one ack is for. */
    public record Size(int members, int messages, int batch) {
        int recipients() {
            return members - 1;
        }
    }

    /** The largest group acks in larger batches: so it does not take minutes. */
    public static final List<Size> SIZES =
            List.of(new Size(10, 100, 10), new Size(200, 100, 10), new Size(2_000, 100, 10), new Size(10_000, 100, 50));

    /** What no client sees. */
    public interface Store {
        /** Bytes of a group's unread sets. */
        long unread(String group);

        /** Bytes of all that a group keeps for receipts. */
        long receipts(String group);

        /** The names of all keys of a group. */
        List<String> keys(String group);

        /** The article's rows of one message in the same Redis. */
        ArticleBytes article(int recipients);

        /** Makes due what was sent so far. */
        void makeDue();
    }

    /** Bytes of the article's rows of one message, where what was read is deleted. */
    public record ArticleBytes(long atSend, long halfRead, long allRead) {}

    private final People people;
    private final Store store;
    private final Progress progress = new Progress();

    private MemoryCase(People people, Store store) {
        this.people = people;
        this.store = store;
    }

    /** Plays it against a server whose receipts become due when the store is told so, and soon after that are swept. */
    public static MemoryOutcome play(URI server, String adminToken, Store store, List<Size> sizes)
            throws InterruptedException {
        int most = sizes.stream().mapToInt(Size::members).max().orElse(0);
        return new MemoryCase(People.make(server, adminToken, most), store).play(sizes);
    }

    private MemoryOutcome play(List<Size> sizes) throws InterruptedException {
        List<MemoryOutcome.Read> read = new ArrayList<>();
        for (Size size : sizes) {
            read.add(read(size));
        }
        store.makeDue();
        List<MemoryOutcome.Group> groups = new ArrayList<>();
        for (MemoryOutcome.Read each : read) {
            groups.add(new MemoryOutcome.Group(each, sweep(each.size()), store.keys(group(each.size()))));
        }
        return new MemoryOutcome(groups);
    }

    private static String group(Size size) {
        return "of-" + size.members();
    }

    private MemoryOutcome.Read read(Size size) throws InterruptedException {
        people.group(group(size), size.members());
        Client sender = people.client(0);
        for (int i = 1; i <= size.messages(); i++) {
            sender.post("/v1/groups/" + group(size) + "/messages", Map.of("text", "message " + i));
        }
        MemoryOutcome.Stage atSend = stage(size);
        int half = size.recipients() / 2;
        ack(size, 1, half);
        MemoryOutcome.Stage halfRead = stage(size);
        ack(size, half + 1, size.recipients());
        return new MemoryOutcome.Read(size, store.article(size.recipients()), atSend, halfRead, stage(size));
    }

    private void ack(Size size, int from, int upto) throws InterruptedException {
        Workers.each(upto - from + 1, i -> {
            Client member = people.client(from + i);
            for (int last = size.batch(); last <= size.messages(); last += size.batch()) {
                member.post("/v1/groups/" + group(size) + "/ack", Map.of("upto", last));
            }
        });
    }

    private MemoryOutcome.Stage stage(Size size) {
        return new MemoryOutcome.Stage(store.unread(group(size)), store.receipts(group(size)));
    }

    private MemoryOutcome.Stage sweep(Size size) throws InterruptedException {
        progress.await("nothing is left of the receipts", () -> store.receipts(group(size)) == 0);
        return stage(size);
    }
}
