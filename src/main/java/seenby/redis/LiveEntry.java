package seenby.redis;

import java.time.Instant;
import java.util.List;
import seenby.receipt.Receipt;
import seenby.receipt.ReceiptCount;
import seenby.user.UserId;

/**
 * The receipts of one message. The lists are empty if only the counts were asked for.
 *
 * @param unreadOrdinals the receipt periods in which it was not read
 * @param acksAlone acks of this message alone, each "id:ordinal:time"
 */
record LiveEntry(
        UserId sender,
        Instant sentAt,
        ReceiptCount count,
        List<String> unreadOrdinals,
        List<Recipients.ReceiptPeriod> periods,
        List<String> acksAlone) {
    static LiveEntry of(long id, Reply reply) {
        UserId sender = new UserId(reply.text());
        Instant sentAt = reply.time();
        ReceiptCount count = RedisReceipts.count(id, reply);
        if (!reply.hasNext()) {
            return new LiveEntry(sender, sentAt, count, List.of(), List.of(), List.of());
        }
        List<String> unread = reply.list(Reply::text);
        List<Recipients.ReceiptPeriod> periods =
                reply.list(item -> Recipients.ReceiptPeriod.of(item.text(), item.text()));
        return new LiveEntry(sender, sentAt, count, unread, periods, reply.list(Reply::text));
    }

    Receipt receipt(List<Receipt.Reader> readers, List<UserId> unread) {
        return new Receipt(sender, sentAt, count, readers, unread, false);
    }
}
