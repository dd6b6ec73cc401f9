package seenby.redis;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import seenby.archive.ArchiveAccess;
import seenby.archive.LiveReceipts;
import seenby.group.GroupId;
import seenby.receipt.Receipt;
import seenby.receipt.ReceiptCount;
import seenby.user.UserId;

/** The receipts of one message: how many have read it, or who. */
final class MessageReceipts {
    /** A message is archived only once, so the second try succeeds. Members who join and leave may cost some more. */
    private static final int MAX_TRIES = 10;

    /** Receipt periods in one call. More would hold Redis up, so they are read in pages. */
    private static final int MOST_PERIODS = 1000;

    private final Redis redis;
    private final UnreadSets unreadSets;
    private volatile Optional<ReceiptPeriods> lastPeriods = Optional.empty();

    MessageReceipts(Redis redis, UnreadSets unreadSets) {
        this.redis = redis;
        this.unreadSets = unreadSets;
    }

    LiveReceipts.Lookup count(GroupId group, UserId member, long id) {
        ListReply reply = look(group, member, id, false);
        return new LiveReceipts.Lookup(reply.live().map(live -> live.receipt(List.of(), List.of())), reply.archive());
    }

    /** Tries again if the message was archived in between; then the first call says so. */
    LiveReceipts.Lookup list(GroupId group, UserId member, long id) {
        for (int tries = 1; tries <= MAX_TRIES; tries++) {
            ListReply reply = look(group, member, id, true);
            if (reply.live().isEmpty()) {
                return new LiveReceipts.Lookup(Optional.empty(), reply.archive());
            }
            LiveEntry live = reply.live().get();
            Optional<Receipt> receipt = periods(group, reply.archive().incarnation(), live)
                    .flatMap(periods -> withNames(group, live, periods));
            if (receipt.isPresent()) {
                return new LiveReceipts.Lookup(receipt, reply.archive());
            }
        }
        throw new IllegalStateException("the receipts of message " + id + " of " + group + " do not add up");
    }

    /**
     * Many periods are read in pages, and remembered for the next look: that tells whether another has begun or ended
     * meanwhile. Empty until it has told so.
     */
    private Optional<List<Recipients.ReceiptPeriod>> periods(GroupId group, String incarnation, LiveEntry live) {
        Optional<List<Recipients.ReceiptPeriod>> known = live.periods()
                .or(() -> lastPeriods
                        .filter(last -> last.are(group, incarnation, live.begun(), live.ended()))
                        .map(ReceiptPeriods::all));
        if (known.isEmpty()) {
            lastPeriods = Optional.of(new ReceiptPeriods(
                    group, incarnation, live.begun(), live.ended(), ReceiptPeriods.read(redis, group)));
        }
        return known;
    }

    /**
     * The acks of the message alone are read after the look. There may be more by then, of those who had not read it,
     * and they do not count yet. Empty if there are fewer: the message was archived meanwhile.
     */
    private Optional<Receipt> withNames(GroupId group, LiveEntry live, List<Recipients.ReceiptPeriod> periods) {
        long id = live.count().id();
        List<String> acksAlone = live.acksAlone() == 0 ? List.of() : redis.scored(Keys.readOne(group), (double) id);
        if (acksAlone.size() < live.acksAlone()) {
            return Optional.empty();
        }
        Recipients recipients = Recipients.of(id, live.sender(), live.unreadOrdinals(), periods, acksAlone);
        return recipients
                .readers(ReadTimes.read(redis, group, id, id, recipients.readByCursor()))
                .map(readers -> live.receipt(readers, recipients.unread()));
    }

    private ListReply look(GroupId group, UserId member, long id, boolean lists) {
        ListReply reply = lookOnce(group, member, id, lists);
        List<ReceiptCount> count = reply.live().stream().map(LiveEntry::count).toList();
        return unreadSets.confirm(group, count) ? reply : lookOnce(group, member, id, lists);
    }

    private ListReply lookOnce(GroupId group, UserId member, long id, boolean lists) {
        return Script.RECEIPT_LIST.run(
                redis,
                List.of(
                        Keys.info(group),
                        Keys.acks(group),
                        Keys.receipts(group),
                        Keys.left(group),
                        Keys.leaving(group),
                        Keys.spells(group),
                        Keys.readOne(group)),
                List.of(
                        member.value(),
                        Long.toString(id),
                        Keys.unreadPrefix(group),
                        Script.flag(lists),
                        Integer.toString(MOST_PERIODS)),
                reply -> new ListReply(
                        RedisReceipts.access(reply),
                        reply.hasNext() ? Optional.of(LiveEntry.of(id, reply)) : Optional.empty()));
    }

    /** The answer about one message; empty if its receipts are archived. */
    private record ListReply(ArchiveAccess archive, Optional<LiveEntry> live) {}

    /**
     * The receipts of one message. The lists are empty if only the counts were asked for.
     *
     * @param unreadOrdinals the receipt periods in which it was not read
     * @param acksAlone how many acks of this message alone there are
     * @param begun how many receipt periods of the group had begun
     * @param ended how many of them had ended
     * @param periods empty if they are too many for one call
     */
    private record LiveEntry(
            UserId sender,
            Instant sentAt,
            ReceiptCount count,
            List<String> unreadOrdinals,
            long acksAlone,
            long begun,
            long ended,
            Optional<List<Recipients.ReceiptPeriod>> periods) {
        static LiveEntry of(long id, Reply reply) {
            UserId sender = new UserId(reply.text());
            Instant sentAt = reply.time();
            ReceiptCount count = RedisReceipts.count(id, reply);
            if (!reply.hasNext()) {
                return new LiveEntry(sender, sentAt, count, List.of(), 0, 0, 0, Optional.empty());
            }
            List<String> unread = reply.list(Reply::text);
            long alone = reply.number();
            long begun = reply.number();
            long ended = reply.number();
            Optional<List<Recipients.ReceiptPeriod>> periods = reply.hasNext()
                    ? Optional.of(reply.list(item -> Recipients.ReceiptPeriod.of(item.text(), item.text())))
                    : Optional.empty();
            return new LiveEntry(sender, sentAt, count, unread, alone, begun, ended, periods);
        }

        Receipt receipt(List<Receipt.Reader> readers, List<UserId> unread) {
            return new Receipt(sender, sentAt, count, readers, unread, false);
        }
    }
}
