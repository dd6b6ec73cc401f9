package seenby;

import java.time.Clock;
import java.util.function.LongConsumer;
import seenby.config.Config;
import seenby.http.Deliveries;
import seenby.request.PollLimit;
import seenby.request.RateLimit;
import seenby.request.StatusCounts;

/** Limits and counts requests, and what their answers carry. */
record Accounting(
        RateLimit rateLimit, PollLimit pollLimit, RateLimit choiceLimit, StatusCounts statuses, Deliveries deliveries) {

    /** @param latency takes the milliseconds that a message was late */
    static Accounting of(Config.RequestSettings requests, Clock clock, LongConsumer latency) {
        return new Accounting(
                new RateLimit(requests.perSecond()),
                new PollLimit(requests.openPolls()),
                RateLimit.ofChoices(),
                new StatusCounts(),
                new Deliveries(clock, latency));
    }
}
