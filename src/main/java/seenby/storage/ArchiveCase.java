package seenby.storage;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import seenby.load.Latencies;
import seenby.load.People;

/**
 * Measures how long it takes to find one of many archived messages, and a range of them. All archives are on one
 * server. One client asks them in turn and waits for each answer.
 */
public final class ArchiveCase {
    static final int RANGE = 100;

    /**
     * How many messages the archives have: those that the goal names, or few for a test.
     *
     * @param manyLong the many of the group with long lines
     */
    public record ArchiveSizes(int few, int many, int manyLong, int rounds) {
        public static final ArchiveSizes FULL = new ArchiveSizes(1_000, 1_000_000, 20_000, 2_000);
        public static final ArchiveSizes SMALL = new ArchiveSizes(150, 1_200, 200, 40);
    }

    /** The server's archive, used without the server. */
    public interface ArchiveStore {
        /**
         * Gives a group archived messages, as if its first member had sent them.
         *
         * @param closed whether the last segment is closed too, whatever its size
         * @return the first message of the last segment if that is open
         */
        long fill(String group, List<String> members, int messages, boolean closed);

        /** Finds a message, as the server does if it knows that the message is archived. */
        void find(String group, long id);
    }

    /** The messages of an archive that the client asks for: all, or those of the last segment. */
    record Target(String name, String group, long first, long last) {
        private long any(Random random, int span) {
            return first + random.nextLong(Math.max(1, last - first + 2 - span));
        }

        private String one(Random random) {
            return "/v1/groups/" + group + "/messages/" + any(random, 1) + "/receipts";
        }

        private String range(Random random) {
            long from = any(random, RANGE);
            return "/v1/groups/" + group + "/receipts?from=" + from + "&to=" + (from + RANGE - 1);
        }
    }

    private final People people;
    private final ArchiveStore store;
    private final Random random = new Random(1);

    private ArchiveCase(People people, ArchiveStore store) {
        this.people = people;
        this.store = store;
    }

    /** Runs on a server without rate limits. */
    public static ArchiveOutcome play(URI server, String adminToken, ArchiveStore store, ArchiveSizes sizes)
            throws InterruptedException {
        return new ArchiveCase(People.make(server, adminToken, 200), store).play(sizes);
    }

    private ArchiveOutcome play(ArchiveSizes sizes) throws InterruptedException {
        List<Target> small = targets(5, sizes.few(), sizes.many());
        List<Target> large = targets(200, sizes.few(), sizes.manyLong());
        return new ArchiveOutcome(
                ask(small, sizes.rounds(), this::find),
                ask(large, sizes.rounds(), this::find),
                ask(small, sizes.rounds(), target -> get(target.one(random))),
                ask(large, sizes.rounds(), target -> get(target.one(random))),
                ask(small, sizes.rounds() / 5, target -> get(target.range(random))),
                ask(large, sizes.rounds() / 20, target -> get(target.range(random))));
    }

    /**
     * Few messages in an open segment, the same in a closed one, and many: all of them, and those of the last segment.
     */
    private List<Target> targets(int members, int few, int many) throws InterruptedException {
        String ofMembers = "-of-" + members;
        fill("few" + ofMembers, members, few, false);
        fill("few-closed" + ofMembers, members, few, true);
        long last = fill("many" + ofMembers, members, many, false);
        return List.of(
                new Target(Table.text(few), "few" + ofMembers, 1, few),
                new Target(Table.text(few) + ", all compressed", "few-closed" + ofMembers, 1, few),
                new Target(Table.text(many), "many" + ofMembers, 1, many),
                new Target(Table.text(many) + ", last segment", "many" + ofMembers, last, many));
    }

    private long fill(String group, int members, int messages, boolean closed) throws InterruptedException {
        people.group(group, members);
        return store.fill(group, People.ids(members), messages, closed);
    }

    private void find(Target target) {
        store.find(target.group(), target.any(random, 1));
    }

    private void get(String path) throws InterruptedException {
        people.client(0).get(path);
    }

    /** A way to find messages. */
    private interface ArchiveLookup {
        void in(Target target) throws InterruptedException;
    }

    /** Asks each target in turn. The first tenth is only for warming up. */
    private List<ArchiveOutcome.Timing> ask(List<Target> targets, int rounds, ArchiveLookup lookup)
            throws InterruptedException {
        int warmUp = rounds / 10 + 1;
        long[][] nanos = new long[targets.size()][rounds];
        for (int round = -warmUp; round < rounds; round++) {
            for (int i = 0; i < targets.size(); i++) {
                long begin = System.nanoTime();
                lookup.in(targets.get(i));
                nanos[i][Math.max(0, round)] = System.nanoTime() - begin;
            }
        }
        List<ArchiveOutcome.Timing> timings = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            timings.add(new ArchiveOutcome.Timing(targets.get(i).name(), Latencies.of(nanos[i])));
        }
        return timings;
    }
}
