package seenby.update;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import seenby.group.GroupId;
import seenby.message.Message;
import seenby.user.UserId;

/**
 * The result of a poll.
 *
 * @param since where it began
 * @param next the position of its user after it
 */
record Outcome(UserId user, Since since, Gathering gathering, String next) {
    private static final Update NOTHING =
            new Update("", List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), false);

    Update update() {
        return gathering.update(next);
    }

    /**
     * The same in steps. A position that is too long for a URL is stored once as the base of all steps, so that not
     * every step writes to the store.
     */
    Stretch stretch(SinceCodec codec) {
        if (gathering.isEmpty()) {
            return new Stretch(List.of(), next);
        }
        String begin = codec.encode(user, gathering.start(), since);
        Since based =
                since.withBase(since.base().or(() -> codec.decode(user, begin).base()));
        return new Stretch(steps(begin, position -> codec.encode(user, position, based)), next);
    }

    /**
     * Only messages move the position. The last step has the position after all entries. A reader that disconnects
     * before the last step receives the entries that are not messages again.
     */
    private List<Update> steps(String begin, Function<Position, String> encode) {
        SortedMap<GroupId, Place> at = new TreeMap<>(gathering.start().places());
        List<Update> steps = new ArrayList<>();
        Update all = update();
        Update before = NOTHING.at(begin);
        all.trimmed().forEach(entry -> steps.add(before.with(entry)));
        all.left().forEach(group -> steps.add(before.withLeft(group)));
        all.resync().forEach(group -> steps.add(before.withResync(group)));
        Update behind = before;
        for (Message message : all.messages()) {
            at.computeIfPresent(message.group(), (group, place) -> place.atMessage(message.id()));
            behind = NOTHING.at(encode.apply(new Position(at)));
            steps.add(behind.with(message));
        }
        Update last = behind;
        all.reads().forEach(read -> steps.add(last.with(read)));
        all.nudges().forEach(nudge -> steps.add(last.with(nudge)));
        steps.add(steps.remove(steps.size() - 1).at(next));
        return steps;
    }
}
