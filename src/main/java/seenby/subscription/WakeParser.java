package seenby.subscription;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seenby.group.GroupId;
import seenby.group.GroupState;
import seenby.group.ReceiptPolicy;
import seenby.hub.Wake;
import seenby.user.UserId;

/**
 * Parses what the scripts publish, see "Emits" in their headers. The last words of a wake about a group are its numbers
 * after the change, see {@code publish.lua}. Words are only ever added in between, because a server of another version
 * reads them too.
 */
public final class WakeParser {
    private static final Logger LOG = LoggerFactory.getLogger(WakeParser.class);

    /** How many words each wake about a group ends with. */
    private static final int NUMBERS = 7;

    /** In place of users: all members. */
    private static final String ALL = "*";

    private WakeParser() {}

    public static Wake parse(String message) {
        String[] words = message.split(" ", -1);
        if (words[0].equals("token")) {
            return new Wake.Revoked(words[1]);
        }
        GroupId group = new GroupId(words[1]);
        try {
            return change(words, state(group, words));
        } catch (RuntimeException unknown) {
            LOG.debug("a wake of another version: {}", message, unknown);
            return new Wake.Unknown(group, words[0].equals("member") ? users(words[2]) : Set.of());
        }
    }

    private static Wake change(String[] words, GroupState group) {
        return switch (words[0]) {
            case "message" -> new Wake.Sent(group);
            case "read" ->
                new Wake.Acked(
                        group,
                        new UserId(words[2]),
                        words[3].equals(ALL) ? Set.of() : users(words[3]),
                        words[3].equals(ALL));
            case "nudge" -> new Wake.Nudged(group);
            case "member" -> new Wake.Moved(group, users(words[2]));
            case "archived" -> new Wake.Archived(group);
            case "change" -> new Wake.Changed(group);
            case "gone" -> new Wake.Gone(group);
            default -> throw new IllegalArgumentException("no wake: " + words[0]);
        };
    }

    private static GroupState state(GroupId group, String[] words) {
        int first = words.length - NUMBERS;
        return new GroupState(
                group,
                words[first],
                Long.parseLong(words[first + 1]),
                ReceiptPolicy.parse(words[first + 6]).orElseThrow(),
                Long.parseLong(words[first + 2]),
                Long.parseLong(words[first + 3]),
                Long.parseLong(words[first + 4]),
                Long.parseLong(words[first + 5]));
    }

    private static Set<UserId> users(String ids) {
        return Arrays.stream(ids.split(",", -1)).map(UserId::new).collect(Collectors.toSet());
    }
}
