package seenby.update;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import seenby.group.GroupId;
import seenby.message.Message;
import seenby.message.Page;
import seenby.platform.HeapShare;
import seenby.receipt.Nudge;

/** Collects an answer, and the position after it. */
final class Gathering {
    private static final long MOST_BYTES = HeapShare.bytes(512, 1 << 20);

    /** About the size in JSON of a message or a read without its text. */
    private static final int FRAME_BYTES = 260;

    private final Position start;
    private final int limit;
    private final Map<GroupId, Optional<Place>> changes = new HashMap<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<Read> reads = new ArrayList<>();
    private final List<Nudge> nudges = new ArrayList<>();
    private final Set<GroupId> left = new TreeSet<>();
    private final Set<GroupId> resync = new TreeSet<>();
    private final List<Update.Trimmed> trimmed = new ArrayList<>();
    private boolean more;
    private long bytes;

    /** @param start where it begins */
    Gathering(Position start, int limit) {
        this.start = start;
        this.limit = limit;
    }

    private void move(GroupId group, UnaryOperator<Place> move) {
        Objects.requireNonNullElseGet(changes.get(group), () -> start.in(group))
                .ifPresent(at -> changes.put(group, Optional.of(move.apply(at))));
    }

    boolean isFull() {
        return messages.size() >= limit || isHeavy();
    }

    boolean isHeavy() {
        return bytes >= MOST_BYTES;
    }

    int room() {
        return limit - messages.size();
    }

    void cut() {
        more = true;
    }

    /** Adds messages of a group. Reports it if older ones have left Redis. */
    void add(GroupId group, Page page) {
        move(group, place -> notBefore(page.firstId(), group, place));
        for (Message message : page.messages()) {
            long weight = FRAME_BYTES + jsonBytes(message.text());
            if (messages.size() >= limit || (!messages.isEmpty() && bytes + weight > MOST_BYTES)) {
                more = true;
                return;
            }
            messages.add(message);
            bytes += weight;
            move(group, place -> place.atMessage(message.id()));
        }
        more |= page.more();
    }

    private Place notBefore(long firstId, GroupId group, Place place) {
        if (place.id() + 1 >= firstId) {
            return place;
        }
        trimmed.add(new Update.Trimmed(group, firstId));
        return place.atMessage(firstId - 1);
    }

    void add(GroupId group, Reads news) {
        reads.addAll(news.reads());
        bytes += (long) FRAME_BYTES * news.reads().size();
        move(group, place -> place.atRead(news.upto()));
        if (news.gap()) {
            resync.add(group);
        }
    }

    void add(GroupId group, Nudges news) {
        nudges.addAll(news.nudges());
        bytes += (long) FRAME_BYTES * news.nudges().size();
        move(group, place -> place.atNudge(news.upto()));
    }

    void passReads(GroupId group, long upto) {
        move(group, place -> place.atRead(Math.max(place.read(), upto)));
    }

    void leave(GroupId group) {
        left.add(group);
        changes.put(group, Optional.empty());
    }

    void tellLeft(Set<GroupId> groups) {
        left.addAll(groups);
    }

    void resync(Set<GroupId> groups) {
        resync.addAll(groups);
    }

    boolean isEmpty() {
        return messages.isEmpty() && hasNoEvents() && reads.isEmpty();
    }

    /** Whether it has only reads, or nothing: such an answer may wait for more reads. */
    boolean hasOnlyReads() {
        return messages.isEmpty() && hasNoEvents();
    }

    private boolean hasNoEvents() {
        return nudges.isEmpty() && left.isEmpty() && resync.isEmpty() && trimmed.isEmpty();
    }

    /** The time of its oldest read; the distant future if it has none. */
    Instant oldestRead() {
        return reads.stream().map(Read::at).min(Comparator.naturalOrder()).orElse(Instant.MAX);
    }

    Set<GroupId> groupsWithReads() {
        return reads.stream().map(Read::group).collect(Collectors.toSet());
    }

    /** Where it began. */
    Position start() {
        return start;
    }

    Position position() {
        return start.with(changes);
    }

    Update update(String next) {
        return new Update(next, messages, reads, nudges, List.copyOf(left), List.copyOf(resync), trimmed, more);
    }

    /** The length of a text in JSON and UTF-8. */
    private static long jsonBytes(String text) {
        long length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || c == '\n' || c == '\t' || c == '\r') {
                length += 2;
            } else if (c < ' ') {
                length += 6;
            } else if (c < 0x80) {
                length += 1;
            } else {
                length += c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
            }
        }
        return length;
    }
}
