package seenby.redis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import seenby.group.Group;
import seenby.group.GroupId;
import seenby.group.Member;
import seenby.group.ReceiptPolicy;
import seenby.user.UserId;

/** What the scripts say of a group and of its members, as records. */
final class GroupReply {
    private GroupReply() {}

    static Group group(GroupId id, Reply reply) {
        return new Group(
                id,
                reply.text(0),
                reply.text(1),
                new UserId(reply.text(2)),
                reply.time(3),
                ReceiptPolicy.parse(reply.text(4)).orElseThrow(),
                reply.number(5),
                reply.number(6),
                (int) reply.number(9),
                reply.number(7),
                reply.number(8),
                standing(reply));
    }

    private static Optional<Group.Standing> standing(Reply reply) {
        return reply.size() <= 10
                ? Optional.empty()
                : Optional.of(
                        new Group.Standing(reply.number(10), reply.number(12), reply.number(13), reply.number(14)));
    }

    /** The members by id; their fields are "joined_at joined_after joined_after_read". */
    static List<Member> members(Reply reply) {
        String owner = reply.text(0);
        List<Member> members = new ArrayList<>();
        for (int i = 1; i < reply.size(); i += 2) {
            String id = reply.text(i);
            String fields = reply.text(i + 1);
            Instant joinedAt = Instant.ofEpochMilli(Long.parseLong(fields.substring(0, fields.indexOf(' '))));
            members.add(new Member(new UserId(id), id.equals(owner), joinedAt));
        }
        members.sort(Comparator.comparing(Member::id));
        return members;
    }
}
