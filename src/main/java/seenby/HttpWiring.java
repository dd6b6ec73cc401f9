package seenby;

import java.util.List;
import java.util.concurrent.Executor;
import seenby.admission.Admission;
import seenby.admission.Authentication;
import seenby.config.Config;
import seenby.connection.SlowClients;
import seenby.group.Memberships;
import seenby.http.DocsHandler;
import seenby.http.GroupHandler;
import seenby.http.GroupRefusals;
import seenby.http.HttpServer;
import seenby.http.MeHandler;
import seenby.http.MessageHandler;
import seenby.http.MetricsHandler;
import seenby.http.PageHandler;
import seenby.http.ReceiptHandler;
import seenby.http.ServiceHandler;
import seenby.http.UpdateHandler;
import seenby.http.UserHandler;
import seenby.request.AccessLog;
import seenby.update.Polls;
import seenby.user.AdminToken;

/** Connects the HTTP handlers to what they call. */
record HttpWiring(Config config, Stores stores, Memberships memberships, Polls polls, Accounting accounting) {

    /**
     * Creates a server that does not listen yet.
     *
     * @param service tells whether everything works
     */
    HttpServer server(AdminToken adminToken, ServiceHandler service, MetricsHandler metrics) {
        return new HttpServer(
                config.http(),
                config.metrics().port(),
                accounting.connectionLimit(),
                new Admission(
                        new Authentication(
                                stores.users()::byToken, stores.users()::remembered, accounting.wrongTokens()),
                        accounting.rateLimit(),
                        stores.presence()),
                config.log().access()
                        ? List.of(accounting.statuses(), accounting.times(), new AccessLog())
                        : List.of(accounting.statuses(), accounting.times()),
                (threads, clients) -> handlers(adminToken, service, metrics, clients, threads));
    }

    private HttpServer.Handlers handlers(
            AdminToken adminToken,
            ServiceHandler service,
            MetricsHandler metrics,
            SlowClients clients,
            Executor threads) {
        boolean optOutLocked = config.receipts().optOutLocked();
        boolean onlyAdminsCreate = config.groups().onlyAdminsCreate();
        int maxBytes = config.messages().maxBytes();
        return new HttpServer.Handlers(
                new UserHandler(stores.users(), memberships, stores.creation(), adminToken::replace),
                new MeHandler(stores.users(), stores.groups(), memberships, optOutLocked, accounting.choiceLimit()),
                new GroupHandler(stores.users(), stores.groups(), memberships, stores.presence(), onlyAdminsCreate),
                new MessageHandler(stores.groups(), stores.messages(), stores.receipts(), maxBytes),
                new ReceiptHandler(stores.receipts(), polls, accounting.pollLimit(), threads),
                new UpdateHandler(
                        polls,
                        stores.presence(),
                        accounting.rateLimit(),
                        accounting.pollLimit(),
                        accounting.deliveries(),
                        clients,
                        threads),
                service,
                metrics,
                new DocsHandler(),
                new PageHandler(),
                new GroupRefusals(stores.groups()));
    }
}
