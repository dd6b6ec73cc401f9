package seenby.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import seenby.segment.SegmentType;

/**
 * What {@code archive cat} prints.
 *
 * @param group empty: all groups
 * @param since the first time that a message may have been sent at
 * @param until the first time that is too late
 */
record CatOptions(
        String directory,
        Optional<String> group,
        long from,
        long upto,
        Instant since,
        Instant until,
        SegmentType type,
        boolean csv,
        boolean incarnation) {
    private static final String NEEDS = "archive cat needs DIR GROUP [FROM [TO]] or DIR --all, with or without"
            + " --messages, --since TIME, --until TIME, --csv and --incarnation";

    static CatOptions parse(List<String> words) throws UsageException {
        List<String> rest = new ArrayList<>(words);
        boolean all = rest.remove("--all");
        boolean csv = rest.remove("--csv");
        boolean incarnation = rest.remove("--incarnation");
        SegmentType type = rest.remove("--messages") ? SegmentType.MESSAGES : SegmentType.RECEIPTS;
        Instant since = time(rest, "--since", Instant.MIN);
        Instant until = time(rest, "--until", Instant.MAX);
        if (rest.size() < (all ? 1 : 2) || rest.size() > (all ? 1 : 4)) {
            throw new UsageException(NEEDS);
        }
        long from = rest.size() > 2 ? id(rest.get(2)) : 1;
        long upto = rest.size() > 3 ? id(rest.get(3)) : Long.MAX_VALUE;
        if (upto < from) {
            throw new UsageException("archive cat: FROM (" + from + ") is greater than TO (" + upto + ")");
        }
        Optional<String> group = all ? Optional.empty() : Optional.of(rest.get(1));
        return new CatOptions(rest.get(0), group, from, upto, since, until, type, csv, incarnation);
    }

    private static Instant time(List<String> words, String flag, Instant byDefault) throws UsageException {
        int at = words.indexOf(flag);
        if (at < 0) {
            return byDefault;
        }
        words.remove(at);
        try {
            return Instant.parse(at < words.size() ? words.remove(at) : "");
        } catch (DateTimeException e) {
            throw new UsageException("archive cat: " + flag + " needs a time such as 2026-01-31T12:00:00Z");
        }
    }

    private static long id(String word) throws UsageException {
        if (!word.matches("[1-9][0-9]{0,15}")) {
            throw new UsageException("archive cat: not the id of a message: " + word);
        }
        return Long.parseLong(word);
    }

    boolean hasTime() {
        return since.isAfter(Instant.MIN) || until.isBefore(Instant.MAX);
    }

    boolean includes(Instant sentAt) {
        return !sentAt.isBefore(since) && sentAt.isBefore(until);
    }
}
