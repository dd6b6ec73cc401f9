package seenby.sweep;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import seenby.archive.ArchiveLine;
import seenby.group.GroupId;
import seenby.group.ReceiptPolicy;
import seenby.receipt.Receipt;
import seenby.redis.Keys;
import seenby.redis.ReadTimes;
import seenby.redis.Recipients;
import seenby.redis.Redis;
import seenby.redis.Reply;
import seenby.user.UserId;

/** The archive's lines of due messages, built from their receipts in Redis. */
final class ReceiptLines {
    private static final String OFF = ReceiptPolicy.OFF.word();

    private final Redis redis;
    private final Clock clock;

    ReceiptLines(Redis redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /**
     * A message whose receipts are due.
     *
     * @param recipients without those who left before they read it, or "off"
     */
    record DueMessage(long id, UserId sender, Instant sentAt, String recipients, Optional<Long> hidden) {
        boolean hasReceipts() {
            return !recipients.equals(OFF);
        }

        String score() {
            return Long.toString(id);
        }

        static DueMessage of(Reply reply) {
            return new DueMessage(
                    reply.number(), new UserId(reply.text()), reply.time(), reply.text(), reply.optionalNumber());
        }

        ArchiveLine line(GroupId group, Instant archivedAt, Optional<ArchiveLine.Lists> lists) {
            return new ArchiveLine(group, id, sender, sentAt, archivedAt, lists);
        }
    }

    /** The lines before the first that does not add up because something has changed while it was read. */
    List<ArchiveLine> read(GroupId group, List<DueMessage> due, List<Recipients.ReceiptPeriod> periods) {
        Instant now = clock.instant();
        Map<DueMessage, Recipients> recipients = recipients(group, due, periods);
        ReadTimes times = ReadTimes.read(
                redis, group, due.get(0).id(), due.get(due.size() - 1).id(), readers(recipients));
        List<ArchiveLine> lines = new ArrayList<>();
        for (DueMessage message : due) {
            Optional<ArchiveLine> line = line(group, message, Optional.ofNullable(recipients.get(message)), times, now);
            if (line.isEmpty()) {
                return lines;
            }
            lines.add(line.get());
        }
        return lines;
    }

    private Map<DueMessage, Recipients> recipients(
            GroupId group, List<DueMessage> due, List<Recipients.ReceiptPeriod> periods) {
        List<DueMessage> kept = due.stream().filter(DueMessage::hasReceipts).toList();
        List<Set<String>> unread =
                redis.readEach(kept, (pipeline, message) -> pipeline.smembers(Keys.unreadPrefix(group) + message.id()));
        List<List<String>> alone = redis.readEach(
                kept,
                (pipeline, message) -> pipeline.zrangeByScore(Keys.readOne(group), message.score(), message.score()));
        Map<DueMessage, Recipients> recipients = new LinkedHashMap<>();
        for (int i = 0; i < kept.size(); i++) {
            DueMessage message = kept.get(i);
            recipients.put(
                    message, Recipients.of(message.id(), message.sender(), unread.get(i), periods, alone.get(i)));
        }
        return recipients;
    }

    private static List<Recipients.ReceiptPeriod> readers(Map<DueMessage, Recipients> recipients) {
        return recipients.values().stream()
                .flatMap(each -> each.readByCursor().stream())
                .distinct()
                .toList();
    }

    private static Optional<ArchiveLine> line(
            GroupId group, DueMessage message, Optional<Recipients> recipients, ReadTimes times, Instant now) {
        if (recipients.isEmpty()) {
            return Optional.of(message.line(group, now, Optional.empty()));
        }
        if (recipients.get().size() != Long.parseLong(message.recipients())) {
            return Optional.empty();
        }
        List<UserId> unread = recipients.get().unread();
        Optional<List<Receipt.Reader>> readers = recipients.get().readers(times);
        return readers.map(
                read -> message.line(group, now, Optional.of(new ArchiveLine.Lists(read, unread, message.hidden()))));
    }
}
