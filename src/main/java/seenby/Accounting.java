package seenby;

import java.time.Clock;
import seenby.admission.PollLimit;
import seenby.admission.RateLimit;
import seenby.admission.WrongTokens;
import seenby.config.Config;
import seenby.connection.ConnectionLimit;
import seenby.http.Deliveries;
import seenby.request.RequestTimes;
import seenby.request.StatusCounts;
import seenby.user.UserId;

/** Limits and counts requests, and what their answers carry. */
record Accounting(
        RateLimit<UserId> rateLimit,
        PollLimit pollLimit,
        RateLimit<UserId> choiceLimit,
        WrongTokens wrongTokens,
        ConnectionLimit connectionLimit,
        StatusCounts statuses,
        RequestTimes times,
        Deliveries deliveries) {

    /** @param metrics take how long requests took, and how late messages were */
    static Accounting of(
            Config.HttpSettings http, Config.RequestSettings requests, Clock clock, ServerMetrics metrics) {
        return new Accounting(
                RateLimit.ofRequests(requests.perSecond()),
                new PollLimit(requests.openPolls()),
                RateLimit.ofChoices(),
                new WrongTokens(),
                new ConnectionLimit(
                        http.connectionsPerAddress(), http.trustedProxies().andLoopback()),
                new StatusCounts(),
                metrics.requestTimes(),
                new Deliveries(clock, metrics.wakeLatency()));
    }
}
