package seenby.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import seenby.group.GroupId;
import seenby.receipt.Receipt;
import seenby.receipt.ReceiptCount;
import seenby.segment.LineFormat;
import seenby.user.UserId;

/**
 * The receipts of one message when they left Redis.
 *
 * @param lists who has read it and who has not; empty if receipts were off when it was sent
 */
public record ArchiveLine(
        GroupId group, long id, UserId sender, Instant sentAt, Instant archivedAt, Optional<Lists> lists) {
    private static final Optional<String> OFF = Optional.of("off");

    /**
     * Both lists are sorted by user id by the caller.
     *
     * @param hidden how many members owed no receipt when the message was sent because they send none; empty in lines
     *     from before this was stored
     */
    public record Lists(List<Receipt.Reader> readers, List<UserId> unreadMembers, Optional<Long> hidden) {
        public Lists {
            readers = List.copyOf(readers);
            unreadMembers = List.copyOf(unreadMembers);
        }

        public int recipients() {
            return readers.size() + unreadMembers.size();
        }
    }

    /** The fields of a line in their order; empty ones are absent. */
    record Fields(
            GroupId group,
            long id,
            UserId sender,
            Instant sentAt,
            Instant archivedAt,
            Optional<Integer> recipients,
            Optional<Long> hidden,
            Optional<List<Receipt.Reader>> readers,
            Optional<List<UserId>> unreadMembers,
            Optional<String> receipts) {
        Fields {
            Objects.requireNonNull(group, "no group");
            Objects.requireNonNull(sender, "no sender");
            Objects.requireNonNull(sentAt, "no sent_at");
            Objects.requireNonNull(archivedAt, "no archived_at");
            if (!receipts.equals(recipients.isPresent() ? Optional.empty() : OFF)
                    || readers.isPresent() != recipients.isPresent()
                    || unreadMembers.isPresent() != recipients.isPresent()
                    || (hidden.isPresent() && recipients.isEmpty())) {
                throw new IllegalArgumentException("it needs recipients, readers and unread_members, or receipts off");
            }
            readers = readers.map(List::copyOf);
            unreadMembers = unreadMembers.map(List::copyOf);
            readers.ifPresent(list -> list.forEach(Fields::requireComplete));
        }

        private static void requireComplete(Receipt.Reader reader) {
            Objects.requireNonNull(reader.id(), "a reader without id");
            Objects.requireNonNull(reader.readAt(), "a reader without read_at");
        }

        ArchiveLine line() {
            Optional<Lists> lists = readers.map(list -> new Lists(list, unreadMembers.orElseThrow(), hidden));
            return new ArchiveLine(group, id, sender, sentAt, archivedAt, lists);
        }
    }

    /** Reads what {@link #bytes} has written. Fails with the reason if it is anything else. */
    public static ArchiveLine parse(byte[] line) throws IOException {
        return LineFormat.read(line, Fields.class).line();
    }

    /** Whether this user sent the message of a line. It looks at the first bytes only: the lists may be long. */
    static boolean isOf(UserId sender, GroupId group, long id, byte[] line) {
        String head = "{\"group\":\"" + group + "\",\"id\":" + id + ",\"sender\":\"" + sender + "\",";
        byte[] expected = head.getBytes(StandardCharsets.UTF_8);
        return line.length > expected.length && Arrays.equals(expected, 0, expected.length, line, 0, expected.length);
    }

    /** The line in the file, with the newline at its end. */
    public byte[] bytes() {
        return LineFormat.of(new Fields(
                group,
                id,
                sender,
                sentAt,
                archivedAt,
                lists.map(Lists::recipients),
                lists.flatMap(Lists::hidden),
                lists.map(Lists::readers),
                lists.map(Lists::unreadMembers),
                lists.isPresent() ? Optional.empty() : OFF));
    }

    /** The receipts for an answer; empty if they were off. */
    public Optional<Receipt> receipt() {
        return lists.map(of -> new Receipt(
                sender,
                sentAt,
                new ReceiptCount(id, of.recipients(), of.unreadMembers().size(), of.hidden()),
                of.readers(),
                of.unreadMembers(),
                true));
    }
}
