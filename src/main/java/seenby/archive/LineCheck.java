package seenby.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import seenby.receipt.Receipt;
import seenby.segment.LineFormat;
import seenby.segment.SegmentType;
import seenby.user.UserId;

/** What is wrong with a line of this group. */
record LineCheck(SegmentType kind, String group) {
    /** The first thing that is wrong, where this is to be the line of that message. */
    Optional<String> fault(byte[] line, long due) {
        try {
            return kind == SegmentType.RECEIPTS
                    ? receipts(line, LineFormat.read(line, ArchiveLine.Fields.class), due)
                    : message(line, MessageLine.parse(line), due);
        } catch (JsonProcessingException e) {
            return Optional.of("no line of JSON as it should be: "
                    + e.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException e) {
            return Optional.of("no line of JSON as it should be: " + e.getMessage());
        }
    }

    private Optional<String> receipts(byte[] line, ArchiveLine.Fields fields, long due) {
        return common(line, fields, fields.group().value(), fields.id(), due)
                .or(() -> times(fields.sentAt(), fields.archivedAt()))
                .or(() -> fields.line().lists().flatMap(lists -> lists(lists, fields.recipients())));
    }

    private Optional<String> message(byte[] line, MessageLine message, long due) {
        return common(line, message, message.group().value(), message.id(), due)
                .or(() -> times(message.sentAt(), message.archivedAt()));
    }

    private Optional<String> common(byte[] line, Object fields, String of, long id, long due) {
        if (!of.equals(group)) {
            return Optional.of("group is " + of + " in the folder of " + group);
        }
        if (id != due) {
            return Optional.of("id is " + id + " where " + due + " is due");
        }
        return check(
                Arrays.equals(line, LineFormat.of(fields)),
                "not written as the archive writes it: other fields, or order");
    }

    private static Optional<String> times(Instant sentAt, Instant archivedAt) {
        return check(!sentAt.isAfter(archivedAt), "sent_at is after archived_at");
    }

    private static Optional<String> lists(ArchiveLine.Lists lists, Optional<Integer> recipients) {
        List<UserId> readers = lists.readers().stream().map(Receipt.Reader::id).toList();
        Set<UserId> both = new HashSet<>(readers);
        both.retainAll(new HashSet<>(lists.unreadMembers()));
        return check(isAscending(readers), "readers are not sorted, or one stands there twice")
                .or(() -> check(
                        isAscending(lists.unreadMembers()), "unread_members are not sorted, or one stands there twice"))
                .or(() ->
                        both.stream().min(UserId::compareTo).map(id -> id + " stands in readers and in unread_members"))
                .or(() -> check(
                        recipients.equals(Optional.of(lists.recipients())),
                        "recipients is not the number of readers and unread_members"));
    }

    private static boolean isAscending(List<UserId> ids) {
        for (int i = 1; i < ids.size(); i++) {
            if (ids.get(i - 1).compareTo(ids.get(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> check(boolean holds, String what) {
        return holds ? Optional.empty() : Optional.of(what);
    }
}
