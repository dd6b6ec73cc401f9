package seenby.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import seenby.receipt.Receipt;
import seenby.segment.LineFormat;
import seenby.segment.SegmentType;
import seenby.user.UserId;

/** Checks one line of a group. Its times may be in any order: a clock may have been ahead when it was sent. */
record LineCheck(SegmentType type, String group) {
    /** The first error if this should be the line of that message. */
    Optional<String> error(byte[] line, long expected) {
        try {
            return type == SegmentType.RECEIPTS
                    ? receipts(line, LineFormat.read(line, ArchiveLine.Fields.class), expected)
                    : message(line, MessageLine.parse(line), expected);
        } catch (JsonProcessingException e) {
            return Optional.of("not the expected JSON: "
                    + e.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException e) {
            return Optional.of("not the expected JSON: " + e.getMessage());
        }
    }

    private Optional<String> receipts(byte[] line, ArchiveLine.Fields fields, long expected) {
        return common(line, fields, fields.group().value(), fields.id(), expected)
                .or(() -> fields.line().lists().flatMap(lists -> lists(lists, fields.recipients())));
    }

    private Optional<String> message(byte[] line, MessageLine message, long expected) {
        return common(line, message, message.group().value(), message.id(), expected);
    }

    private Optional<String> common(byte[] line, Object fields, String of, long id, long expected) {
        if (!of.equals(group)) {
            return Optional.of("group is " + of + " in the folder of " + group);
        }
        if (id != expected) {
            return Optional.of("id is " + id + ", expected " + expected);
        }
        return check(
                Arrays.equals(line, LineFormat.of(fields)),
                "not as the archive writes it: other fields, or another order");
    }

    private static Optional<String> lists(ArchiveLine.Lists lists, Optional<Integer> recipients) {
        List<UserId> readers = lists.readers().stream().map(Receipt.Reader::id).toList();
        Set<UserId> both = new HashSet<>(readers);
        both.retainAll(new HashSet<>(lists.unreadMembers()));
        return check(isAscending(readers), "readers are not sorted or have duplicates")
                .or(() -> check(isAscending(lists.unreadMembers()), "unread_members are not sorted or have duplicates"))
                .or(() -> both.stream().min(UserId::compareTo).map(id -> id + " is in readers and in unread_members"))
                .or(() -> check(
                        recipients.equals(Optional.of(lists.recipients())),
                        "recipients is not the sum of readers and unread_members"));
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
