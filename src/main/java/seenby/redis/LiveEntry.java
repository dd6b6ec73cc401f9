package seenby.redis;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import seenby.receipt.Receipt;
import seenby.receipt.ReceiptCount;
import seenby.user.UserId;

/**
 * The receipts of one message. The lists are empty if only the counts were asked for.
 *
 * @param unreadOrdinals the receipt periods in which it was not read
 * @param acksAlone acks of this message alone, each "id:ordinal:time"
 * @param begun how many receipt periods of the group had begun
 * @param ended how many of them had ended
 * @param periods empty if they are too many for one call
 */
record LiveEntry(
        UserId sender,
        Instant sentAt,
        ReceiptCount count,
        List<String> unreadOrdinals,
        List<String> acksAlone,
        long begun,
        long ended,
        Optional<List<Recipients.ReceiptPeriod>> periods) {
    static LiveEntry of(long id, Reply reply) {
        UserId sender = new UserId(reply.text());
        Instant sentAt = reply.time();
        ReceiptCount count = RedisReceipts.count(id, reply);
        if (!reply.hasNext()) {
            return new LiveEntry(sender, sentAt, count, List.of(), List.of(), 0, 0, Optional.empty());
        }
        List<String> unread = reply.list(Reply::text);
        List<String> alone = reply.list(Reply::text);
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
