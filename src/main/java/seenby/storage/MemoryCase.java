package seenby.storage;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import seenby.load.Client;
import seenby.load.People;
import seenby.load.Progress;
import seenby.load.Workers;

/**
 * Measures how much memory receipts take in Redis, in groups of several sizes: when all messages are sent, when half of
 * the members have read them, when all have, and after the sweep. Every member acks in batches, as in the article.
 */
public final class MemoryCase {
    /** How many members a group has, how many messages its first member sends, and how many of them one ack covers. */
    public record GroupSize(int members, int messages, int batch) {
        int recipients() {
            return members - 1;
        }
    }

    /** The largest group acks in larger batches, or it would take minutes. */
    public static final List<GroupSize> SIZES = List.of(
            new GroupSize(10, 100, 10),
            new GroupSize(200, 100, 10),
            new GroupSize(2_000, 100, 10),
            new GroupSize(10_000, 100, 50));

    /** For a quick run. */
    public static final List<GroupSize> SMALL = List.of(new GroupSize(5, 20, 10));

    /** Access to what no client sees. */
    public interface MemoryStore {
        /** Bytes of a group's unread sets. */
        long unread(String group);

        /** Bytes of everything that is stored for the receipts of a group. */
        long receipts(String group);

        /** The names of all keys of a group. */
        List<String> keys(String group);

        /** Stores the article's rows of one message in the same Redis, and measures them. */
        ArticleBytes article(int recipients);

        /** Makes the receipts of all messages due that were sent so far. */
        void makeDue();
    }

    /** Bytes of the article's rows of one message. Rows that were read are deleted. */
    public record ArticleBytes(long atSend, long halfRead, long allRead) {}

    private final People people;
    private final MemoryStore store;
    private final Progress progress = new Progress();

    private MemoryCase(People people, MemoryStore store) {
        this.people = people;
        this.store = store;
    }

    /** Runs on a server where receipts become due when the store is told so. The server sweeps them soon after. */
    public static MemoryOutcome play(URI server, String adminToken, MemoryStore store, List<GroupSize> sizes)
            throws InterruptedException {
        int most = sizes.stream().mapToInt(GroupSize::members).max().orElse(0);
        return new MemoryCase(People.make(server, adminToken, most), store).play(sizes);
    }

    private MemoryOutcome play(List<GroupSize> sizes) throws InterruptedException {
        List<MemoryOutcome.BeforeSweep> unswept = new ArrayList<>();
        for (GroupSize size : sizes) {
            unswept.add(beforeSweep(size));
        }
        store.makeDue();
        List<MemoryOutcome.GroupOutcome> groups = new ArrayList<>();
        for (MemoryOutcome.BeforeSweep each : unswept) {
            groups.add(new MemoryOutcome.GroupOutcome(each, sweep(each.size()), store.keys(groupId(each.size()))));
        }
        return new MemoryOutcome(groups);
    }

    private static String groupId(GroupSize size) {
        return "of-" + size.members();
    }

    private MemoryOutcome.BeforeSweep beforeSweep(GroupSize size) throws InterruptedException {
        people.group(groupId(size), size.members());
        Client sender = people.client(0);
        for (int i = 1; i <= size.messages(); i++) {
            sender.post("/v1/groups/" + groupId(size) + "/messages", Map.of("text", "message " + i));
        }
        MemoryOutcome.ReceiptBytes atSend = bytes(size);
        int half = size.recipients() / 2;
        ack(size, 1, half);
        MemoryOutcome.ReceiptBytes halfRead = bytes(size);
        ack(size, half + 1, size.recipients());
        return new MemoryOutcome.BeforeSweep(size, store.article(size.recipients()), atSend, halfRead, bytes(size));
    }

    private void ack(GroupSize size, int from, int upto) throws InterruptedException {
        Workers.each(upto - from + 1, i -> {
            Client member = people.client(from + i);
            for (int last = size.batch(); last <= size.messages(); last += size.batch()) {
                member.post("/v1/groups/" + groupId(size) + "/ack", Map.of("upto", last));
            }
        });
    }

    private MemoryOutcome.ReceiptBytes bytes(GroupSize size) {
        return new MemoryOutcome.ReceiptBytes(store.unread(groupId(size)), store.receipts(groupId(size)));
    }

    private MemoryOutcome.ReceiptBytes sweep(GroupSize size) throws InterruptedException {
        progress.await("no receipt is left", () -> store.receipts(groupId(size)) == 0);
        return bytes(size);
    }
}
