package seenby.update;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import seenby.group.GroupId;
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

    /** The same in steps, each with the position after it. */
    Stretch stretch(SinceCodec codec) {
        return new Stretch(gathering.isEmpty() ? List.of() : steps(new Walk(codec)), next);
    }

    /** A reader that disconnects before the last step receives the entries that are not messages again. */
    private List<Update> steps(Walk walk) {
        List<Update> entries = entries();
        List<Update> steps = new ArrayList<>();
        int last = entries.size() - 1;
        entries.subList(0, last).forEach(entry -> steps.add(entry.at(walk.after(entry))));
        steps.add(entries.get(last).at(next));
        return steps;
    }

    /** Updates with one entry each, without positions. */
    private List<Update> entries() {
        Update all = update();
        List<Update> entries = new ArrayList<>();
        all.trimmed().forEach(entry -> entries.add(NOTHING.with(entry)));
        all.left().forEach(group -> entries.add(NOTHING.withLeft(group)));
        all.resync().forEach(group -> entries.add(NOTHING.withResync(group)));
        all.messages().forEach(message -> entries.add(NOTHING.with(message)));
        all.reads().forEach(read -> entries.add(NOTHING.with(read)));
        all.nudges().forEach(nudge -> entries.add(NOTHING.with(nudge)));
        return entries;
    }

    /**
     * The positions of the steps. Only messages move them. A position that had to be stored is the base of those after
     * it, so that not every step writes to the store.
     */
    private final class Walk {
        private final SinceCodec codec;
        private final SortedMap<GroupId, Place> places = gathering.start().places();
        private Since told = since;
        private Optional<String> text = Optional.empty();

        Walk(SinceCodec codec) {
            this.codec = codec;
        }

        String after(Update entry) {
            entry.messages().forEach(message -> {
                places.computeIfPresent(message.group(), (group, place) -> place.atMessage(message.id()));
                text = Optional.empty();
            });
            return text.orElseGet(this::tell);
        }

        private String tell() {
            SinceCodec.Encoded position = codec.tell(user, new Position(places), told);
            told = told.withBase(position.base());
            text = Optional.of(position.text());
            return position.text();
        }
    }
}
