package seenby.http;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import seenby.message.Message;
import seenby.update.Stretch;
import seenby.update.Update;

/** Counts the messages and reads that polls and streams hand over, and measures how late messages are. */
public final class Deliveries {
    private final Clock clock;
    private final LongConsumer latency;
    private final LongAdder messages = new LongAdder();
    private final LongAdder reads = new LongAdder();

    /** @param latency takes the nanoseconds from the time of a message until a poll that waited for it is answered */
    public Deliveries(Clock clock, LongConsumer latency) {
        this.clock = clock;
        this.latency = latency;
    }

    /** The time at which a poll opens, for {@link #add}. */
    long now() {
        return clock.millis();
    }

    /** @param opened when the poll began to wait, in milliseconds */
    void add(Update update, long opened) {
        count(update);
        measure(update.messages(), opened);
    }

    void add(Stretch stretch, long opened) {
        for (Update step : stretch.steps()) {
            count(step);
        }
        if (!stretch.steps().isEmpty()) {
            measure(stretch.steps().get(0).messages(), opened);
        }
    }

    private void count(Update update) {
        messages.add(update.messages().size());
        reads.add(update.reads().size());
    }

    /**
     * From the time of the message, not from its wake: a wake that waits behind others is late too. A message from
     * before the poll was late because nobody asked for it.
     */
    private void measure(List<Message> delivered, long opened) {
        if (!delivered.isEmpty()) {
            long sent = delivered.get(0).sentAt().toEpochMilli();
            if (sent >= opened) {
                // the clock of another server may be ahead
                latency.accept(TimeUnit.MILLISECONDS.toNanos(Math.max(0, clock.millis() - sent)));
            }
        }
    }

    public long messages() {
        return messages.sum();
    }

    /** How often somebody was told that a member has read messages. */
    public long reads() {
        return reads.sum();
    }
}
