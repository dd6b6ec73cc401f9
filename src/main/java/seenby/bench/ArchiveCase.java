package seenby.bench;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What it costs to find one among many archived messages, and a range of them. All archives lie in one server and are asked
 * in turns, by one client that waits for each answer.
 */
public final class ArchiveCase {
    static final int RANGE = 100;

    /** How much of it: archives of the sizes that the goal names, or small ones to try it out. */
    public record Scale(int few, int many, int manyLong, int rounds) {
        public static final Scale FULL = new Scale(1_000, 1_000_000, 20_000, 2_000);
    }

    /** The server's archive without the server. */
    public interface Files {
        /**
         * Gives a group a past of archived messages by its first member.
         *
         * @param closed whether the last segment is closed as well, whatever its size
         * @return the first message of the last segment, where that is not closed
         */
        long fill(String group, List<String> members, int messages, boolean closed);

        /** Finds a message, as the server does once it knows that it is archived. */
        void find(String group, long id);
    }

    /** Messages of an archive that are asked for: all, or those of its last segment. */
    record Archive(String name, String group, long first, long last) {
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
    private final Files files;
    private final Random random = new Random(1);

    private ArchiveCase(People people, Files files) {
        this.people = people;
        this.files = files;
    }

    /** Plays it against a server without rate limits. */
    public static ArchiveOutcome play(URI server, String adminToken, Files files, Scale scale)
            throws InterruptedException {
        return new ArchiveCase(People.make(server, adminToken, 200), files).play(scale);
    }

    private ArchiveOutcome play(Scale scale) throws InterruptedException {
        List<Archive> small = archives(5, scale.few(), scale.many());
        List<Archive> large = archives(200, scale.few(), scale.manyLong());
        return new ArchiveOutcome(
                ask(small, scale.rounds(), this::find),
                ask(large, scale.rounds(), this::find),
                ask(small, scale.rounds(), archive -> get(archive.one(random))),
                ask(large, scale.rounds(), archive -> get(archive.one(random))),
                ask(small, scale.rounds() / 5, archive -> get(archive.range(random))),
                ask(large, scale.rounds() / 20, archive -> get(archive.range(random))));
    }

    /** Few as they are left, the same compressed, and many: all of them, and those of the last segment. */
    private List<Archive> archives(int members, int few, int many) throws InterruptedException {
        String ofMembers = "-of-" + members;
        fill("few" + ofMembers, members, few, false);
        fill("few-closed" + ofMembers, members, few, true);
        long last = fill("many" + ofMembers, members, many, false);
        return List.of(
                new Archive(Table.text(few), "few" + ofMembers, 1, few),
                new Archive(Table.text(few) + ", all compressed", "few-closed" + ofMembers, 1, few),
                new Archive(Table.text(many), "many" + ofMembers, 1, many),
                new Archive(Table.text(many) + ", last segment", "many" + ofMembers, last, many));
    }

    private long fill(String group, int members, int messages, boolean closed) throws InterruptedException {
        people.group(group, members);
        return files.fill(group, People.ids(members), messages, closed);
    }

    private void find(Archive archive) {
        files.find(archive.group(), archive.any(random, 1));
    }

    private void get(String path) throws InterruptedException {
        people.client(0).get(path);
    }

    /** What is asked of an archive. */
    private interface Question {
        void to(Archive archive) throws InterruptedException;
    }

    /** Each archive in turn; the first tenth only warms up. */
    private List<ArchiveOutcome.Answers> ask(List<Archive> archives, int rounds, Question question)
            throws InterruptedException {
        int warmUp = rounds / 10 + 1;
        long[][] nanos = new long[archives.size()][rounds];
        for (int round = -warmUp; round < rounds; round++) {
            for (int i = 0; i < archives.size(); i++) {
                long begin = System.nanoTime();
                question.to(archives.get(i));
                nanos[i][Math.max(0, round)] = System.nanoTime() - begin;
            }
        }
        List<ArchiveOutcome.Answers> answers = new ArrayList<>();
        for (int i = 0; i < archives.size(); i++) {
            answers.add(new ArchiveOutcome.Answers(archives.get(i).name(), Latencies.of(nanos[i])));
        }
        return answers;
    }
}
